package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.limit.Rate;
import org.jspecify.annotations.Nullable;

/// What a plan allows on one route, where that differs. `rate_limit` and `burst` are replaced together.
@Settings(name = "plan.route", value = "What a plan allows on one route; what is not said here holds as in the plan.")
public record PlanRouteConfig(
        @Setting("Requests in a time, such as 60/min, or unlimited; the plan's burst does not come with it.") @Nullable
        Rate rateLimit,

        @Setting("Requests in a longer time, counted by the calendar: 10_000/month.") @Nullable
        Rate quota,

        @Setting(value = "Requests that may come at once on top of an even flow.", min = "1") @Nullable
        Integer burst) {
    public PlanRouteConfig {
        if (burst != null) {
            Check.between("burst", burst, 1, Integer.MAX_VALUE);
        }
        if (burst != null && rateLimit == null) {
            throw new IllegalArgumentException("burst: nothing flows evenly without 'rate_limit'");
        }
        if (rateLimit == null && quota == null) {
            throw new IllegalArgumentException("a route of a plan needs 'rate_limit' or 'quota'");
        }
    }
}
