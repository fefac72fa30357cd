package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.state.OnStoreDown;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user writes in the slot `rate_limit`.
@Settings(name = "rate_limit", value = "Lets so many requests through and refuses the rest, with 429.")
public record RateLimitConfig(
        @Setting("Whose requests are counted together: client_ip, api_key, consumer, user, route, header.x, cookie.x,"
                + " query.x, jwt.x, {parameter}, or a list of them. Without it client_ip; of plans, consumer.")
        @Nullable
        CallerKey per,

        @Setting("How many per how long, such as 60/min; or a whole number, with window; or unlimited.") @Nullable
        Amount limit,

        @Setting(
                value = "For a limit that is a whole number: how long its window is. Of concurrency: after so long a"
                        + " request counts no more, 10m without it.",
                min = "10ms",
                max = "366d")
        @Nullable
        Duration window,

        @Setting("How it counts: sliding_window, gcra, fixed_window or concurrency. Without it sliding_window, with"
                + " burst gcra, with window fixed_window.")
        @Nullable
        Algorithm algorithm,

        @Setting(value = "How many may come at once, for an even flow of limit (gcra).", min = "1") @Nullable
        Integer burst,

        @Setting(value = "How many of the limit a request takes.", byDefault = "1", min = "1")
        int cost,

        @Setting("In place of limit: plan, for what the consumer's plan allows, or a list of limits that all have to be"
                + " met.")
        @Nullable
        SeveralLimits limits,

        @Setting("With limits: plan, the limit of those who have no plan, or one that says nothing about rates.")
        @Nullable
        LimitConfig otherwise,

        @Setting("Where it is counted: a name under stores, or memory. Without it the first of stores, or memory.")
        @Nullable
        String store,

        @Setting("While the store is down: local_share, open or closed. Without it as the store says.") @Nullable
        OnStoreDown onStoreDown,

        @Setting(value = "The fields that tell what is left: all, x-ratelimit, ietf or none.", byDefault = "all")
        FieldStyle headers,

        @Setting("Lets requests wait for so long in place of refusing them.") @Nullable
        DelayConfig delay,

        @Setting("Where the months of plans' quotas begin, such as Europe/Berlin; without it UTC.") @Nullable
        TimeZoneName timeZone) {
    public RateLimitConfig {
        if (limits == null && limit == null) {
            throw new IllegalArgumentException("a rate limit needs 'limit' or 'limits'");
        }
        if (limits != null && (limit != null || window != null)) {
            throw new IllegalArgumentException("limits: stands in place of 'limit' and 'window', not beside them");
        }
        boolean plan = limits != null && limits.ofPlan();
        if (otherwise != null && !plan) {
            throw new IllegalArgumentException("otherwise: stands only with 'limits: plan'");
        }
        if (limits != null && (burst != null || !plan && (algorithm != null || cost != 1))) {
            throw new IllegalArgumentException(
                    plan ? "burst: the plans say it" : "limits: each of them has its own algorithm, burst and cost");
        }
        if (plan && (algorithm == Algorithm.CONCURRENCY || algorithm == Algorithm.GCRA)) {
            throw new IllegalArgumentException(
                    "algorithm: plans have rates, with a burst or without (expected: sliding_window or fixed_window)");
        }
        if (limit != null) {
            new LimitConfig(per, limit, window, algorithm, burst, cost); // which refuses what makes no sense
        }
    }

    /// The limits it consists of; none, where plans say them.
    List<LimitConfig> all() {
        if (limits != null) {
            return limits.several();
        }
        return limit == null ? List.of() : List.of(new LimitConfig(per, limit, window, algorithm, burst, cost));
    }
}
