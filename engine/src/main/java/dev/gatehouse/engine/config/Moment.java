package dev.gatehouse.engine.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/// A point in time as people write it: a date, which is its first moment in UTC, or a time with its offset (RFC 3339).
public record Moment(Instant instant) {
    /// @throws IllegalArgumentException with a sentence for the user
    public static Moment of(String text) {
        String written = text.strip();
        try {
            return new Moment(
                    written.length() == "2027-03-01".length()
                            ? LocalDate.parse(written)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : OffsetDateTime.parse(written.replace(' ', 'T')).toInstant());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no point in time (expected: 2027-03-01 or 2027-03-01T18:00:00Z)", e);
        }
    }

    @Override
    public String toString() {
        return instant.toString();
    }
}
