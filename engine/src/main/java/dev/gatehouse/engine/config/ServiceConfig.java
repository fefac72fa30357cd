package dev.gatehouse.engine.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A service: what people call it, where it is, how it is used.
///
/// @param name for messages and logs; clients see it, so it never holds an address
/// @param instances at least one
/// @param loadBalancer how requests are spread over them
/// @param healthCheck which of them can be used
/// @param protocol what is spoken with them
/// @param tls how TLS is spoken with those that are `https://`
public record ServiceConfig(
        String name,
        List<InstanceConfig> instances,
        LoadBalancerConfig loadBalancer,
        HealthCheckConfig healthCheck,
        ServiceProtocol protocol,
        ServiceTlsConfig tls,
        TimeoutConfig timeout,
        ServiceConnectionsConfig connections) {
    public ServiceConfig {
        instances = List.copyOf(instances);
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a service needs at least one instance");
        }
        if (healthCheck.grpc() != null && !mayBeHttp2(protocol, instances)) {
            throw new IllegalArgumentException(
                    "health_check.grpc needs HTTP/2 to the instances (expected: protocol: grpc)");
        }
        Set<ServiceAddress> seen = new HashSet<>();
        for (InstanceConfig instance : instances) {
            if (!seen.add(instance.address())) {
                throw new IllegalArgumentException(
                        "instances: " + instance.url() + " is there twice (for more requests, give it a weight)");
            }
        }
    }

    /// Whether HTTP/2 is spoken with all its instances, or can be.
    public boolean mayBeHttp2() {
        return mayBeHttp2(protocol, instances);
    }

    private static boolean mayBeHttp2(ServiceProtocol protocol, List<InstanceConfig> instances) {
        return switch (protocol) {
            case H2, GRPC -> true;
            case HTTP_1_1 -> false;
            case AUTO ->
                instances.stream().allMatch(instance -> instance.address().tls());
        };
    }

    /// HTTP/1.1, and TLS in the default way.
    public ServiceConfig(
            String name,
            List<InstanceConfig> instances,
            LoadBalancerConfig loadBalancer,
            HealthCheckConfig healthCheck,
            TimeoutConfig timeout,
            ServiceConnectionsConfig connections) {
        this(
                name,
                instances,
                loadBalancer,
                healthCheck,
                ServiceProtocol.AUTO,
                ServiceTlsConfig.DEFAULT,
                timeout,
                connections);
    }

    /// These addresses in turn, watched in the default way.
    public ServiceConfig(
            String name, List<ServiceAddress> addresses, TimeoutConfig timeout, ServiceConnectionsConfig connections) {
        this(
                name,
                addresses.stream().map(InstanceConfig::of).toList(),
                LoadBalancerConfig.DEFAULT,
                HealthCheckConfig.DEFAULT,
                timeout,
                connections);
    }
}
