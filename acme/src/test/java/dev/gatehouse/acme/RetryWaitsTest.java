package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryWaitsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_minute_first_then_twice_as_long_each_time_up_to_six_hours() {
        List<Long> minutes = new ArrayList<>();
        for (int failures = 1; failures <= 12; failures++) {
            minutes.add(wait(failures, null).toMinutes());
        }

        assertThat(minutes.get(0)).isEqualTo(1);
        assertThat(minutes.get(3)).isBetween(8L, 10L);
        assertThat(minutes.get(8)).isBetween(256L, 320L);
        assertThat(minutes.subList(9, 12)).allMatch(wait -> wait >= 360 && wait <= 450);
    }

    @Test
    void a_thousand_failures_wait_no_longer_than_ten() {
        assertThat(wait(1000, null)).isLessThanOrEqualTo(Duration.ofMinutes(450));
    }

    @Test
    void chance_keeps_those_that_failed_together_apart() {
        SplittableRandom chance = new SplittableRandom(3);

        assertThat(RetryWaits.next(NOW, 5, null, chance)).isNotEqualTo(RetryWaits.next(NOW, 5, null, chance));
    }

    @Test
    void the_issuers_word_counts_where_it_is_later() {
        assertThat(wait(1, NOW.plus(Duration.ofHours(30)))).isEqualTo(Duration.ofHours(30));
        assertThat(wait(12, NOW.plusSeconds(5))).isGreaterThanOrEqualTo(Duration.ofHours(6));
    }

    @Test
    void nobody_waits_for_longer_than_the_longest_rate_limit() {
        assertThat(wait(1, NOW.plus(Duration.ofDays(4000)))).isEqualTo(Duration.ofDays(8));
    }

    private static Duration wait(int failures, Instant asked) {
        return Duration.between(NOW, RetryWaits.next(NOW, failures, asked, new SplittableRandom(3)));
    }
}
