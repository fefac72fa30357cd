package dev.gatehouse.api.identity;

import dev.gatehouse.api.limit.Rate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What consumers of a kind have bought. Immutable.
///
/// @param name its key under `plans`
/// @param allowance what it allows, everywhere it is not overridden
/// @param routes what it allows on single routes instead, by the route's name or label
public record Plan(String name, Allowance allowance, Map<String, Allowance> routes) {
    public Plan {
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    }

    /// What holds on a route.
    public Allowance on(String route) {
        return routes.getOrDefault(route, allowance);
    }

    /// How much.
    ///
    /// @param rateLimit null when the plan says nothing about it
    /// @param burst requests that may come at once on top of an even flow; null when the plan says nothing
    /// @param quota null when the plan says nothing about it
    public record Allowance(
            @Nullable Rate rateLimit,
            @Nullable Integer burst,
            @Nullable Rate quota) {}
}
