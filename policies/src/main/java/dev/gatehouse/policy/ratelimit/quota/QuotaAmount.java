package dev.gatehouse.policy.ratelimit.quota;

import dev.gatehouse.api.limit.Rate;

/// How many per unit of the calendar, so that one that is none is refused where it stands.
public record QuotaAmount(Rate rate) {
    /// `limit: 10_000/month`
    public static QuotaAmount of(String text) {
        Rate rate = Rate.of(text);
        if (rate.calendar() == null) {
            throw new IllegalArgumentException("'" + text
                    + "' goes by no calendar (expected: a number per hour, day, week or month, such as 10_000/month;"
                    + " for other times there is rate_limit)");
        }
        return new QuotaAmount(rate);
    }

    Rate.Calendar unit() {
        Rate.Calendar unit = rate.calendar();
        if (unit == null) {
            throw new IllegalStateException("a quota goes by the calendar");
        }
        return unit;
    }
}
