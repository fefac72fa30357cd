package dev.gatehouse.engine.service.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookupScheduleTest {
    private final LookupSchedule schedule = new LookupSchedule();

    @Test
    void a_ttl_is_followed_within_bounds() {
        assertThat(schedule.found(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(60));
        assertThat(schedule.found(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(schedule.found(Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void failures_are_followed_soon_then_less_often_and_said_once() {
        assertThat(schedule.failed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(schedule.hasJustFailed()).isTrue();
        assertThat(schedule.failed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(schedule.hasJustFailed()).isFalse();
        for (int i = 0; i < 100; i++) {
            schedule.failed();
        }
        assertThat(schedule.failed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void after_a_success_the_next_failure_is_said_again() {
        schedule.failed();
        schedule.found(Duration.ofSeconds(5));
        assertThat(schedule.isFailing()).isFalse();
        assertThat(schedule.failed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(schedule.hasJustFailed()).isTrue();
    }
}
