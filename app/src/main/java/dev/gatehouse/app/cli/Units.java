package dev.gatehouse.app.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Sizes, times, shares and rates as people write them: `10MiB`, `300ms`, `50%`, `20/s`.
final class Units {
    private Units() {}

    /// `300ms`, `5s`, `2m`, `1h`.
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Parts parts = Parts.of(text, "5s, 300ms or 2m");
            return switch (parts.unit) {
                case "ms" -> Duration.ofMillis(parts.number);
                case "s" -> Duration.ofSeconds(parts.number);
                case "m" -> Duration.ofMinutes(parts.number);
                case "h" -> Duration.ofHours(parts.number);
                default -> throw parts.wrong();
            };
        }
    }

    /// `64KiB`, `10MiB`, `1GiB`, `512B`; `0` alone.
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (text.equals("0")) {
                return 0L;
            }
            Parts parts = Parts.of(text, "64KiB, 10MiB or 1GiB");
            long factor = switch (parts.unit) {
                case "B" -> 1L;
                case "KiB" -> 1L << 10;
                case "MiB" -> 1L << 20;
                case "GiB" -> 1L << 30;
                default -> throw parts.wrong();
            };
            return Math.multiplyExact(parts.number, factor);
        }
    }

    /// `50%`.
    static final class Share implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            Parts parts = Parts.of(text, "50%");
            if (!parts.unit.equals("%")) {
                throw parts.wrong();
            }
            if (parts.number > 100) {
                throw new TypeConversionException("'" + text + "' is more than 100%");
            }
            return (int) parts.number;
        }
    }

    /// `20/s`.
    static final class PerSecond implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            Parts parts = Parts.of(text, "20/s");
            if (!parts.unit.equals("/s")) {
                throw parts.wrong();
            }
            return (int) Math.min(Integer.MAX_VALUE, parts.number);
        }
    }

    private record Parts(String text, long number, String unit, String examples) {
        static Parts of(String text, String examples) {
            int digits = 0;
            while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
                digits++;
            }
            if (digits == 0 || digits > 12) {
                throw new TypeConversionException("'" + text + "' needs a number and a unit, such as " + examples);
            }
            return new Parts(text, Long.parseLong(text.substring(0, digits)), text.substring(digits), examples);
        }

        TypeConversionException wrong() {
            return new TypeConversionException("'" + text + "' needs a unit: " + examples);
        }
    }
}
