package dev.gatehouse.api.limit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// So many per so long, as people write it: `60/min`, `1200 / 5m`, `10_000/month`, `unlimited`.
///
/// @param count how many; [Long#MAX_VALUE] for `unlimited`
/// @param window how long; for [#calendar] about as long
/// @param calendar the unit of the calendar it is counted by; null when any window of that length counts
public record Rate(long count, Duration window, @Nullable Calendar calendar) {
    public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE, Duration.ofSeconds(1), null);

    private static final Pattern FORM =
            Pattern.compile("([0-9][0-9_]*)\\s*/\\s*(?:([0-9]+(?:\\.[0-9]+)?)\\s*)?([a-z]+)");

    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("week", Duration.ofDays(7)),
            Map.entry("month", Duration.ofDays(30)));

    /// The units quotas are counted by, from one beginning of it to the next.
    public enum Calendar {
        HOUR,
        DAY,
        WEEK,
        MONTH
    }

    public Rate {
        if (count < 1) {
            throw new IllegalArgumentException(count + " (expected: at least 1, or 'unlimited')");
        }
        if (window.compareTo(Duration.ofMillis(10)) < 0 || window.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("the time of a rate is between 10ms and a year");
        }
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static Rate of(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT);
        if (written.equals("unlimited")) {
            return UNLIMITED;
        }
        Matcher parts = FORM.matcher(written);
        Duration unit = parts.matches() ? UNITS.get(parts.group(3)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a rate (expected: 60/min, 10/s, 1000/5m, 10_000/month or unlimited)");
        }
        String digits = parts.group(1).replace("_", "");
        if (digits.length() > 18) {
            throw new IllegalArgumentException("'" + text + "' is more than can be counted");
        }
        String times = parts.group(2);
        Duration window = times == null
                ? unit
                : Duration.ofNanos(new BigDecimal(times)
                        .multiply(BigDecimal.valueOf(unit.toNanos()))
                        .longValue());
        return new Rate(Long.parseLong(digits), window, times == null ? calendar(parts.group(3)) : null);
    }

    private static @Nullable Calendar calendar(String unit) {
        return switch (unit) {
            case "h", "hour" -> Calendar.HOUR;
            case "d", "day" -> Calendar.DAY;
            case "week" -> Calendar.WEEK;
            case "month" -> Calendar.MONTH;
            default -> null;
        };
    }

    public boolean isUnlimited() {
        return count == Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return isUnlimited()
                ? "unlimited"
                : count + "/" + window.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
