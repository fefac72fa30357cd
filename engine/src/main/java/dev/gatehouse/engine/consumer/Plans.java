package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.api.identity.Plan.Allowance;
import dev.gatehouse.engine.config.PlanConfig;
import dev.gatehouse.engine.config.PlanRouteConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Plans as they hold: what a route of a plan does not say is the plan's.
final class Plans {
    private Plans() {}

    static Map<String, Plan> of(Map<String, PlanConfig> written) {
        Map<String, Plan> plans = new LinkedHashMap<>();
        written.forEach((name, config) -> plans.put(name, plan(name, config)));
        return Collections.unmodifiableMap(plans);
    }

    private static Plan plan(String name, PlanConfig config) {
        Allowance everywhere = new Allowance(config.rateLimit(), config.burst(), config.quota());
        Map<String, Allowance> routes = new LinkedHashMap<>();
        config.routes().forEach((route, own) -> routes.put(route, on(everywhere, own)));
        return new Plan(name, everywhere, routes);
    }

    /// A burst belongs to its rate: the plan's is not taken to another one.
    private static Allowance on(Allowance everywhere, PlanRouteConfig own) {
        boolean rates = own.rateLimit() != null;
        return new Allowance(
                rates ? own.rateLimit() : everywhere.rateLimit(),
                rates ? own.burst() : everywhere.burst(),
                own.quota() == null ? everywhere.quota() : own.quota());
    }
}
