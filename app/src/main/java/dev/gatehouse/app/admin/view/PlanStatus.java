package dev.gatehouse.app.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One plan, and who has it.
///
/// @param allowance what it allows everywhere else
/// @param routes what it allows on single routes
/// @param at where it is written
/// @param consumers who has it, by name
public record PlanStatus(
        String name,
        Allowance allowance,
        List<OnRoute> routes,
        @Nullable String at,
        List<String> consumers) {
    /// How much; null for what the plan does not limit.
    ///
    /// @param rateLimit such as `60/1m`, or `unlimited`
    public record Allowance(
            @Nullable String rateLimit,
            @Nullable Integer burst,
            @Nullable String quota) {}

    /// @param route its name, or its methods and path
    public record OnRoute(String route, Allowance allowance) {}

    public PlanStatus {
        routes = List.copyOf(routes);
        consumers = List.copyOf(consumers);
    }
}
