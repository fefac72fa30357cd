package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.limit.Rate;
import org.jspecify.annotations.Nullable;

/// What one request takes from one limit.
///
/// @param name of the limit, for clients and people
/// @param quota the unit of the calendar it is counted by, for what was bought; null for a rate
/// @param plan whose it is; null for nobody's
/// @param bought whether it is a quota: waiting a little does not help
public record Wanted(
        LimitTake take,
        String name,
        Rate.@Nullable Calendar quota,
        @Nullable String plan,
        boolean bought) {
    LimitRule rule() {
        return take.rule();
    }

    /// Whether what was taken is given back at the end.
    boolean isLease() {
        return take.rule() instanceof LimitRule.Concurrency;
    }

    /// How long its window is, in milliseconds; 0 for what has none.
    long windowMillis() {
        return switch (take.rule()) {
            case LimitRule.SlidingWindow rule -> rule.windowMillis();
            case LimitRule.Gcra rule -> rule.windowMillis();
            case LimitRule.FixedWindow rule -> rule.windowMillis();
            case LimitRule.Calendar rule -> rule.untilMillis() - rule.fromMillis();
            case LimitRule.Concurrency _ -> 0;
        };
    }
}
