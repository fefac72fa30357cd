package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a route of [dev.gatehouse.engine.config.GatewayConfig] comes from; at the same index as the route.
///
/// @param path in the settings: `routes[3].routes[0]`
/// @param span its first line
/// @param values in the order of the keys; those of its service's timeout too, when it has one service
/// @param policies slot to the settings that hold there: named ones where they are defined
public record RouteOrigins(String path, Span span, List<Origin> values, Map<String, Node> policies) {
    public RouteOrigins {
        values = List.copyOf(values);
        policies = Map.copyOf(policies);
    }

    /// Where the settings in a slot stand, under `policies.<slot>` when the route only names them; null when the
    /// slot is empty.
    public @Nullable Span policy(String slot) {
        Node settings = policies.get(slot);
        return settings == null ? null : settings.span();
    }
}
