package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service as it is written in the file. What holds after `defaults` is a [ServiceConfig].
@Settings(name = "service", value = "Something requests are sent to, and how it is reached.")
public record ServiceSection(
        @Setting(value = "Where it is reached: host:port, http://host:port, or url with weight and backup.", min = "1")
        List<InstanceConfig> instances,

        @Setting("How requests are spread over the instances.")
        LoadBalancerConfig loadBalancer,

        @Setting("How the gateway knows which instances can be used.")
        HealthCheckConfig healthCheck,

        @Setting(
                value =
                        "What is spoken with it: auto is HTTP/1.1, and over TLS HTTP/2 where the service offers it; http/1.1; h2,"
                                + " without TLS by prior knowledge; grpc.",
                byDefault = "auto")
        ServiceProtocol protocol,

        @Setting("How TLS is spoken with instances that are https://.")
        ServiceTlsConfig tls,

        @Setting("How long it may take; laid over defaults.timeout, and a route's is laid over this one.")
        TimeoutConfig timeout,

        @Setting("The connections kept to it.") ServiceConnectionsConfig connections,

        @Setting("What clients are told it is called when it is down; left out, its name.") @Nullable
        String displayName) {

    /// @param name its key under `services`
    /// @param effective its timeout over that of `defaults`
    public ServiceConfig named(String name, TimeoutConfig effective) {
        return new ServiceConfig(
                displayName == null ? name : displayName,
                instances,
                loadBalancer,
                healthCheck,
                protocol,
                tls,
                effective,
                connections);
    }
}
