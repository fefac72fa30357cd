package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.LocalDate;

/// Writes moments as `2026-11-22T12:04:31.123Z` (ISO 8601, UTC). The date is made once a day.
final class Timestamp {
    static final int LENGTH = 24;

    private static final long MILLIS_OF_DAY = 86_400_000L;

    private long day = Long.MIN_VALUE;
    private byte[] date = new byte[0];

    /// @return the place behind it
    int write(long epochMillis, byte[] out, int at) {
        long itsDay = Math.floorDiv(epochMillis, MILLIS_OF_DAY);
        if (itsDay != day) {
            day = itsDay;
            date = (LocalDate.ofEpochDay(itsDay) + "T").getBytes(US_ASCII);
        }
        System.arraycopy(date, 0, out, at, date.length);
        int millis = (int) Math.floorMod(epochMillis, MILLIS_OF_DAY);
        int next = two(millis / 3_600_000, out, at + date.length);
        out[next++] = ':';
        next = two(millis / 60_000 % 60, out, next);
        out[next++] = ':';
        next = two(millis / 1000 % 60, out, next);
        out[next++] = '.';
        out[next++] = (byte) ('0' + millis / 100 % 10);
        next = two(millis % 100, out, next);
        out[next++] = 'Z';
        return next;
    }

    private static int two(int value, byte[] out, int at) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
        return at + 2;
    }
}
