package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a client is told that has come too often.
final class Refusal {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

    private Refusal() {}

    static Failure of(Wanted wanted, LimitState state, TimeSource time) {
        int seconds = wanted.isLease() ? 1 : seconds(state.retryMillis());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("limit", wanted.rule().limit());
        if (!wanted.isLease()) {
            details.put("window", window(wanted));
        }
        String message;
        if (wanted.bought()) {
            Instant resets = time.now().plusMillis(state.retryMillis() + 500).truncatedTo(ChronoUnit.SECONDS);
            details.put("resets_at", resets.toString());
            message = quotaUsed(wanted, state, resets);
        } else {
            message = tooOften(wanted, seconds);
        }
        details.put("retry_after", seconds);
        if (wanted.plan() != null) {
            details.put("plan", wanted.plan());
        }
        return new Failure(
                wanted.bought() ? FailureKind.QUOTA_EXCEEDED : FailureKind.RATE_LIMIT_EXCEEDED, message, details);
    }

    private static String tooOften(Wanted wanted, int seconds) {
        String whose = wanted.plan() == null
                ? "Requests are limited to " + limit(wanted)
                : "Plan " + wanted.plan() + " allows " + limit(wanted).replaceFirst(" ", " requests ");
        return whose + ". Try again in " + seconds + (seconds == 1 ? " second." : " seconds.");
    }

    private static String quotaUsed(Wanted wanted, LimitState state, Instant resets) {
        long limit = wanted.rule().limit();
        boolean midnight = resets.truncatedTo(ChronoUnit.DAYS).equals(resets);
        return String.format(Locale.ENGLISH, "%,d of %,d requests used. Resets ", limit - state.remaining(), limit)
                + (midnight ? DAY : MOMENT).format(resets.atZone(ZoneOffset.UTC))
                + (midnight ? "." : " UTC.");
    }

    /// Rounded up: who comes back then does not come too early.
    static int seconds(long millis) {
        return Math.clamp(Math.ceilDiv(millis, 1_000), 1, Integer.MAX_VALUE);
    }

    /// `60 per minute`, `100 per 5 minutes`, `10 at the same time`
    static String limit(Wanted wanted) {
        if (wanted.isLease()) {
            return wanted.rule().limit() + " at the same time";
        }
        String window = window(wanted);
        return wanted.rule().limit() + " per " + (window.startsWith("1 ") ? window.substring(2) : window);
    }

    /// `1 minute`, `36 hours`, `1 month`
    static String window(Wanted wanted) {
        if (wanted.quota() != null) {
            return "1 " + wanted.quota().name().toLowerCase(Locale.ROOT);
        }
        Duration window = Duration.ofMillis(wanted.windowMillis());
        long millis = window.toMillis();
        if (millis % Duration.ofDays(1).toMillis() == 0) {
            return count(window.toDays(), "day");
        }
        if (millis % Duration.ofHours(1).toMillis() == 0) {
            return count(window.toHours(), "hour");
        }
        if (millis % Duration.ofMinutes(1).toMillis() == 0) {
            return count(window.toMinutes(), "minute");
        }
        return millis % 1_000 == 0 ? count(millis / 1_000, "second") : count(millis, "millisecond");
    }

    private static String count(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
