package com.example.gatehouse.hours;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.DateTimeException;
import java.time.ZoneId;

/// What the user writes in the slot `opening_hours`.
@Settings(name = "opening_hours", value = "Serves a route only while the shop is open.")
public record OpeningHoursConfig(
        @Setting("When the shop opens: 08:00.") TimeOfDay opens,

        @Setting("When it closes: 22:00; earlier than opens for a shop that is open over midnight.") TimeOfDay closes,

        @Setting(value = "Whose clock that is, such as Europe/Berlin.", byDefault = "UTC")
        String zone,

        @Setting(value = "What clients are told while it is closed.", byDefault = "We are closed.")
        String message) {
    public OpeningHoursConfig {
        if (opens.equals(closes)) {
            throw new IllegalArgumentException("closes: a shop that opens and closes at " + opens + " is never open");
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone: '" + zone + "' is not a time zone such as Europe/Berlin", e);
        }
    }
}
