package com.example.gatehouse.hours;

import java.time.DateTimeException;
import java.time.LocalTime;

/// A time as the user writes it, so that one that is none is refused where it stands.
public record TimeOfDay(LocalTime time) {
    public static TimeOfDay of(String text) {
        try {
            return new TimeOfDay(LocalTime.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time of day such as 08:00", e);
        }
    }

    @Override
    public String toString() {
        return time.toString();
    }
}
