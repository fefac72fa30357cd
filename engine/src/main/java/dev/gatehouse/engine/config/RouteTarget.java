package dev.gatehouse.engine.config;

import java.util.List;

/// What answers the requests of a route.
public sealed interface RouteTarget {
    /// One of some services, by their weights.
    record ToServices(List<Share> shares) implements RouteTarget {
        public ToServices {
            shares = List.copyOf(shares);
        }
    }

    /// @param service its key in [GatewayConfig#services]
    /// @param weight its part of the requests, beside the weights of the others; 0 gets none
    /// @param timeout of defaults, service, groups and route together
    record Share(String service, int weight, TimeoutConfig timeout) {}

    /// An answer made here.
    record Respond(RespondConfig answer) implements RouteTarget {}

    /// The client is sent elsewhere.
    record Redirect(RedirectConfig answer) implements RouteTarget {}
}
