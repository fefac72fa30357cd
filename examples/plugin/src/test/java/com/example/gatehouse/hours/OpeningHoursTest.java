package com.example.gatehouse.hours;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class OpeningHoursTest {
    private static final OpeningHours DAY = new OpeningHours(LocalTime.of(11, 0), LocalTime.of(23, 30));
    private static final OpeningHours NIGHT = new OpeningHours(LocalTime.of(18, 0), LocalTime.of(2, 0));

    @Test
    void it_is_open_from_the_first_moment_to_the_one_before_the_last() {
        assertThat(DAY.isOpen(LocalTime.of(10, 59))).isFalse();
        assertThat(DAY.isOpen(LocalTime.of(11, 0))).isTrue();
        assertThat(DAY.isOpen(LocalTime.of(23, 29))).isTrue();
        assertThat(DAY.isOpen(LocalTime.of(23, 30))).isFalse();
    }

    @Test
    void it_may_be_open_over_midnight() {
        assertThat(NIGHT.isOpen(LocalTime.of(17, 59))).isFalse();
        assertThat(NIGHT.isOpen(LocalTime.MIDNIGHT)).isTrue();
        assertThat(NIGHT.isOpen(LocalTime.of(2, 0))).isFalse();
    }

    @Test
    void it_opens_again_today_or_tomorrow() {
        assertThat(DAY.untilOpen(ZonedDateTime.parse("2026-01-02T10:00:00Z"))).isEqualTo(Duration.ofHours(1));
        assertThat(DAY.untilOpen(ZonedDateTime.parse("2026-01-02T23:30:00Z"))).isEqualTo(Duration.ofMinutes(690));
    }

    @Test
    void the_night_in_which_clocks_go_forward_is_an_hour_shorter() {
        ZonedDateTime closing = ZonedDateTime.parse("2026-03-28T23:30:00+01:00[Europe/Berlin]");
        assertThat(DAY.untilOpen(closing)).isEqualTo(Duration.ofMinutes(690 - 60));
    }
}
