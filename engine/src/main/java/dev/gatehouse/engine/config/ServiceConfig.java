package dev.gatehouse.engine.config;

import java.util.List;

/// A service: what people call it, where it is, how it is used.
///
/// @param name for messages and logs; clients see it, so it never holds an address
/// @param addresses at least one
public record ServiceConfig(
        String name, List<ServiceAddress> addresses, TimeoutConfig timeout, ServiceConnectionsConfig connections) {
    public ServiceConfig {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a service needs at least one address");
        }
    }
}
