package dev.gatehouse.engine.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.service.InstanceState.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckTallyTest {
    private static final HealthCheckConfig CONFIG = HealthCheckConfig.of("/health")
            .withThresholds(2, 3)
            .withTimes(Duration.ofSeconds(5), Duration.ofSeconds(1));

    @Test
    void the_first_check_that_passes_is_enough_for_one_nothing_is_known_about() {
        assertThat(new CheckTally(CONFIG, Health.UNKNOWN).take(true)).isEqualTo(Health.UP);
    }

    @Test
    void one_is_down_after_so_many_failures_in_a_row_and_up_after_so_many_successes() {
        CheckTally tally = new CheckTally(CONFIG, Health.UP);
        assertThat(take(tally, "--")).isEqualTo(Health.UP);
        assertThat(take(tally, "+--")).isEqualTo(Health.UP);
        assertThat(take(tally, "-")).isEqualTo(Health.DOWN);
        assertThat(take(tally, "+")).isEqualTo(Health.DOWN);
        assertThat(take(tally, "-+")).isEqualTo(Health.DOWN);
        assertThat(take(tally, "+")).isEqualTo(Health.UP);
    }

    @Test
    void what_was_known_before_a_reload_is_known_after_it() {
        assertThat(new CheckTally(CONFIG, Health.DOWN).take(true)).isEqualTo(Health.DOWN);
        assertThat(new CheckTally(CONFIG, Health.UP).take(false)).isEqualTo(Health.UP);
    }

    @Test
    void a_doubt_is_settled_soon_and_one_that_is_down_is_asked_no_more_often_than_others() {
        CheckTally tally = new CheckTally(CONFIG, Health.UP);
        assertThat(tally.nextIn(0.5)).isEqualTo(Duration.ofSeconds(5).toNanos());
        take(tally, "-");
        assertThat(tally.nextIn(0.5)).isEqualTo(Duration.ofMillis(250).toNanos());
        take(tally, "--");
        assertThat(tally.nextIn(0.5)).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void checks_are_spread_by_a_tenth_of_the_interval_and_begin_within_a_second() {
        CheckTally tally = new CheckTally(CONFIG, Health.UP);
        assertThat(tally.nextIn(0)).isEqualTo(Duration.ofMillis(4750).toNanos());
        assertThat(tally.nextIn(1)).isEqualTo(Duration.ofMillis(5250).toNanos());
        assertThat(tally.firstIn(0)).isZero();
        assertThat(tally.firstIn(1)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    private static Health take(CheckTally tally, String results) {
        Health health = Health.UNKNOWN;
        for (char result : results.toCharArray()) {
            health = tally.take(result == '+');
        }
        return health;
    }
}
