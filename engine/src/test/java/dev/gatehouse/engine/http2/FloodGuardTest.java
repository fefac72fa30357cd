package dev.gatehouse.engine.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FloodGuardTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void so_many_useless_frames_are_taken_and_not_one_more() {
        FloodGuard guard = new FloodGuard(50, 0);
        for (int i = 0; i < 50; i++) {
            assertThat(guard.useless(0)).isTrue();
        }
        assertThat(guard.useless(9 * SECOND)).isFalse();
    }

    @Test
    void after_ten_seconds_the_count_begins_again() {
        FloodGuard guard = new FloodGuard(50, 0);
        for (int i = 0; i < 50; i++) {
            guard.useless(0);
        }
        assertThat(guard.useless(11 * SECOND)).isTrue();
    }

    @Test
    void what_we_send_earns_frames_that_are_not_counted() {
        FloodGuard guard = new FloodGuard(1, 0);
        while (guard.spend(0)) {
            // To the end of what it has to begin with.
        }
        guard.earn();
        assertThat(guard.spend(0)).isTrue();
        assertThat(guard.spend(0)).isTrue();
        assertThat(guard.spend(0)).isTrue();
        assertThat(guard.spend(0)).isFalse();
    }

    @Test
    void what_is_earned_has_a_bound() {
        FloodGuard guard = new FloodGuard(1, 0);
        for (int i = 0; i < 100_000; i++) {
            guard.earn();
        }
        int taken = 0;
        while (guard.spend(0)) {
            taken++;
        }
        assertThat(taken).isLessThan(5000);
    }
}
