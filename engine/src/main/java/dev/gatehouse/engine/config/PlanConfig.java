package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.limit.Rate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What consumers of a kind have bought. It limits nobody by itself: limits of routes go by it (`limits: plan`).
@Settings(name = "plan", value = "What consumers of a kind have bought, for the limits that go by it.")
public record PlanConfig(
        @Setting("Requests in a time, such as 60/min, or unlimited.") @Nullable
        Rate rateLimit,

        @Setting("Requests in a longer time, counted by the calendar: 10_000/month.") @Nullable
        Rate quota,

        @Setting(value = "Requests that may come at once on top of an even flow.", min = "1") @Nullable
        Integer burst,

        @Setting(
                "What holds on single routes instead, by the route's name, or its methods and path: 'GET /menus/{id}'.")
        Map<String, PlanRouteConfig> routes) {
    public PlanConfig {
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
        if (burst != null) {
            Check.between("burst", burst, 1, Integer.MAX_VALUE);
        }
        if (burst != null && rateLimit == null) {
            throw new IllegalArgumentException("burst: nothing flows evenly without 'rate_limit'");
        }
    }
}
