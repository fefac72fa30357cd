package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.exchange.RouteGraph;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the connections of a tcp listener go, in one revision of the configuration.
public final class TcpRoutes {
    private final String listener;
    private final SniNames<ServiceLanes> names;
    private final @Nullable ServiceLanes service;
    private final RouteGraph graph;

    /// @param listener its name
    /// @param names services by the host that clients name in their TLS
    /// @param service of those who name none of them; null for nowhere
    /// @param graph of the same revision, on which the connections are counted
    public TcpRoutes(
            String listener, Map<String, ServiceLanes> names, @Nullable ServiceLanes service, RouteGraph graph) {
        this.listener = listener;
        this.names = new SniNames<>(names);
        this.service = service;
        this.graph = graph;
    }

    String listener() {
        return listener;
    }

    /// Whether it has to be known whom a client names.
    boolean goesByName() {
        return !names.isEmpty();
    }

    /// @param host as the client names it, in lower case; null when it names none
    /// @return null for nowhere
    @Nullable
    ServiceLanes to(@Nullable String host) {
        ServiceLanes named = host == null ? null : names.find(host);
        return named == null ? service : named;
    }

    RouteGraph graph() {
        return graph;
    }
}
