package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.TimeUnit;

/// The value of `grpc-timeout`: at most eight digits and a unit, `250m`.
public final class GrpcTimeout {
    /// What [#parse] says of a value that is none.
    public static final long INVALID = -1;

    private static final String UNITS = "numSMH";
    private static final TimeUnit[] NANOS = {
        TimeUnit.NANOSECONDS,
        TimeUnit.MICROSECONDS,
        TimeUnit.MILLISECONDS,
        TimeUnit.SECONDS,
        TimeUnit.MINUTES,
        TimeUnit.HOURS
    };
    private static final int DIGITS = 8;
    private static final long MOST = 99_999_999;

    private GrpcTimeout() {}

    /// @return nanoseconds, as many as a long holds; or [#INVALID]
    public static long parse(CharSequence value) {
        int digits = value.length() - 1;
        if (digits < 1 || digits > DIGITS) {
            return INVALID;
        }
        long amount = 0;
        for (int i = 0; i < digits; i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return INVALID;
            }
            amount = amount * 10 + (c - '0');
        }
        int unit = UNITS.indexOf(value.charAt(digits));
        return unit < 0 ? INVALID : NANOS[unit].toNanos(amount);
    }

    /// In the finest unit that has room for it; what is cut off makes it shorter, never longer.
    ///
    /// @param nanos not negative
    public static byte[] text(long nanos) {
        int unit = 0;
        while (NANOS[unit].convert(nanos, TimeUnit.NANOSECONDS) > MOST) {
            unit++;
        }
        return (NANOS[unit].convert(nanos, TimeUnit.NANOSECONDS) + UNITS.substring(unit, unit + 1)).getBytes(US_ASCII);
    }
}
