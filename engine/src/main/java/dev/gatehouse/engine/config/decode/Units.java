package dev.gatehouse.engine.config.decode;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers with units as people write them.
public final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");
    private static final Pattern SIZE = Pattern.compile("[0-9]+(B|KiB|MiB|GiB)");

    private Units() {}

    /// `30s`, `300ms`, or 0 alone; null when it is something else.
    public static @Nullable Duration time(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        long number = Long.parseLong(parts.group(1));
        Long millis = switch (parts.group(2)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            case "d" -> 86_400_000L;
            case "" -> number == 0 ? 1L : null;
            default -> null;
        };
        Long product = product(number, millis);
        return product == null ? null : Duration.ofMillis(product);
    }

    /// `64KiB`, `512B`, or 0 alone, in bytes; null when it is something else.
    static @Nullable Long size(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        long number = Long.parseLong(parts.group(1));
        return product(
                number,
                switch (parts.group(2)) {
                    case "B" -> 1L;
                    case "KiB" -> 1L << 10;
                    case "MiB" -> 1L << 20;
                    case "GiB" -> 1L << 30;
                    case "" -> number == 0 ? 1L : null;
                    default -> null;
                });
    }

    /// A whole number, null when it is something else or beyond 64 bits.
    static @Nullable Long whole(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static boolean isSize(String text) {
        return SIZE.matcher(text).matches();
    }

    private static @Nullable Long product(long number, @Nullable Long factor) {
        if (factor == null) {
            return null;
        }
        try {
            return Math.multiplyExact(number, factor.longValue());
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
