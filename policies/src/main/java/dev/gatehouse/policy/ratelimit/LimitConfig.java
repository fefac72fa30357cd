package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One limit, as the user writes it in `limits` and `otherwise`.
@Settings(name = "rate_limit.limit", value = "One limit: whose requests are counted together, and how many may come.")
public record LimitConfig(
        @Setting("Whose requests are counted together, as for rate_limit; without it as there.") @Nullable
        CallerKey per,

        @Setting("How many per how long, such as 60/min; or a whole number, with window.")
        Amount limit,

        @Setting(value = "For a limit that is a whole number: how long its window is.", min = "10ms", max = "366d")
        @Nullable
        Duration window,

        @Setting("How it counts; without it sliding_window, with burst gcra, with window fixed_window.") @Nullable
        Algorithm algorithm,

        @Setting(value = "How many may come at once, for an even flow of limit (gcra).", min = "1") @Nullable
        Integer burst,

        @Setting(value = "How many of the limit a request takes.", byDefault = "1", min = "1")
        int cost) {
    private static final Duration LEASE = Duration.ofMinutes(10);

    public LimitConfig {
        Rate rate = limit.rate();
        boolean concurrency = algorithm == Algorithm.CONCURRENCY;
        if (concurrency && rate != null) {
            throw new IllegalArgumentException(
                    "limit: how many run at the same time is a whole number (expected: limit: 10)");
        }
        if (rate != null && window != null) {
            throw new IllegalArgumentException("window: the limit says its time already");
        }
        if (rate == null && window == null && !concurrency) {
            throw new IllegalArgumentException("limit: " + limit.count() + " per how long? (expected: limit: "
                    + limit.count() + "/min, or a window)");
        }
        if (burst != null && algorithm != null && algorithm != Algorithm.GCRA) {
            throw new IllegalArgumentException("burst: only an even flow has one (expected: algorithm: gcra)");
        }
        if (burst != null && cost > burst) {
            throw new IllegalArgumentException("cost: " + cost + " (expected: at most the burst, " + burst + ")");
        }
        if (cost > limit.count()) {
            throw new IllegalArgumentException(
                    "cost: " + cost + " (expected: at most the limit, " + limit.count() + ")");
        }
    }

    /// How it counts; null for `unlimited`.
    @Nullable
    LimitRule rule() {
        if (limit.isUnlimited()) {
            return null;
        }
        Duration time = timeOf(limit.rate(), window);
        Algorithm plain = burst != null
                ? Algorithm.GCRA
                : limit.rate() == null ? Algorithm.FIXED_WINDOW : Algorithm.SLIDING_WINDOW;
        return rule(algorithm == null ? plain : algorithm, limit.count(), time, burst == null ? cost : burst);
    }

    private static Duration timeOf(@Nullable Rate rate, @Nullable Duration window) {
        if (rate != null) {
            return rate.window();
        }
        return window == null ? LEASE : window;
    }

    static LimitRule rule(Algorithm algorithm, long count, Duration time, long burst) {
        long millis = time.toMillis();
        return switch (algorithm) {
            case SLIDING_WINDOW -> new LimitRule.SlidingWindow(count, millis);
            case GCRA -> new LimitRule.Gcra(count, millis, burst);
            case FIXED_WINDOW -> new LimitRule.FixedWindow(count, millis);
            case CONCURRENCY -> new LimitRule.Concurrency(count, millis);
        };
    }
}
