package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void tries_again_at_once_then_later_but_never_later_than_half_a_second() {
        assertThat(backoff.next()).isZero();
        assertThat(backoff.next()).isBetween(25L, 50L);
        assertThat(backoff.next()).isBetween(50L, 100L);
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.next()).isBetween(100L, 500L);
        }
    }

    @Test
    void begins_anew_after_success() {
        backoff.next();
        backoff.next();
        backoff.succeeded();
        assertThat(backoff.next()).isZero();
    }
}
