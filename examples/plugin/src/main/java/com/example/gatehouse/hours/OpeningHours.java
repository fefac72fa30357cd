package com.example.gatehouse.hours;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/// From one time of day to another, every day; over midnight when the second is the earlier one.
record OpeningHours(LocalTime opens, LocalTime closes) {
    boolean isOpen(LocalTime time) {
        boolean after = !time.isBefore(opens);
        boolean before = time.isBefore(closes);
        return opens.isBefore(closes) ? after && before : after || before;
    }

    /// How long it stays closed, by the clock of its zone: an hour more or less when that is changed.
    Duration untilOpen(ZonedDateTime now) {
        ZonedDateTime next = now.with(opens);
        return Duration.between(now, next.isAfter(now) ? next : now.plusDays(1).with(opens));
    }
}
