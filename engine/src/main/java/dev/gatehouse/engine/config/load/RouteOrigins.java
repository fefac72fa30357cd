package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.source.Span;
import java.util.List;

/// Where a route of [dev.gatehouse.engine.config.GatewayConfig] comes from; at the same index as the route.
///
/// @param path in the settings: `routes[3].routes[0]`
/// @param span its first line
/// @param values in the order of the keys; those of its service's timeout too, when it has one service
public record RouteOrigins(String path, Span span, List<Origin> values) {
    public RouteOrigins {
        values = List.copyOf(values);
    }
}
