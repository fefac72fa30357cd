package dev.gatehouse.schema;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers with units as the configuration file writes them.
final class Units {

    static final String SIZE = "[0-9]+(B|KiB|MiB|GiB)";
    static final String TIME = "[0-9]+(ms|s|m|h|d)";

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(-?[0-9]{1,18})([A-Za-z]*)");

    private Units() {}

    static boolean isSize(String written) {
        return written.matches(SIZE);
    }

    /// The number in its smallest unit (bytes, milliseconds, ones), or null when it is not of that type. Only 0
    /// needs no unit. For a list it is the number of entries.
    static @Nullable Long parse(ValueType type, String written) {
        Matcher parts = NUMBER_AND_UNIT.matcher(written);
        if (!parts.matches()) {
            return null;
        }
        long number = Long.parseLong(parts.group(1));
        String unit = parts.group(2);
        if (number == 0 && unit.isEmpty() && type.hasBounds()) {
            return 0L;
        }
        Long factor = switch (type) {
            case ValueType.Whole _, ValueType.Several _, ValueType.Named _ -> unit.isEmpty() ? 1L : null;
            case ValueType.Size _ -> sizeOf(unit);
            case ValueType.Time _ -> millisOf(unit);
            default -> null;
        };
        boolean mayBeNegative = type instanceof ValueType.Whole;
        if (factor == null || (number < 0 && !mayBeNegative)) {
            return null;
        }
        try {
            return Math.multiplyExact(number, factor);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /// The entries of a list's default.
    static List<String> entries(String written) {
        return List.of(written.strip().split("\\s*,\\s*", -1));
    }

    private static @Nullable Long sizeOf(String unit) {
        return switch (unit) {
            case "B" -> 1L;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> null;
        };
    }

    private static @Nullable Long millisOf(String unit) {
        return switch (unit) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            case "d" -> 86_400_000L;
            default -> null;
        };
    }
}
