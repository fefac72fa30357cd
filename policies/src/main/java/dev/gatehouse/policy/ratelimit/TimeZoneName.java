package dev.gatehouse.policy.ratelimit;

import java.time.DateTimeException;
import java.time.ZoneId;

/// A time zone, so that one that is none is refused where it stands.
public record TimeZoneName(ZoneId zone) {
    public static TimeZoneName of(String name) {
        try {
            return new TimeZoneName(ZoneId.of(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no time zone (expected: such as Europe/Berlin, UTC or +02:00)", e);
        }
    }
}
