package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;

/// The connections kept to a service.
@Settings(name = "service.connections", value = "The connections kept to a service, counted for the whole gateway.")
public record ServiceConnectionsConfig(
        @Setting(value = "Connections that may be open at the same time.", byDefault = "1024", min = "1")
        int max,

        @Setting(
                value = "Requests that may wait for a connection when all are busy; one more is answered 503.",
                byDefault = "1024",
                min = "0")
        int queue,

        @Setting(
                value = "Time an unused connection is kept. A shorter time the service announces in Keep-Alive wins.",
                byDefault = "60s",
                min = "100ms")
        Duration idleTimeout) {
    public static final ServiceConnectionsConfig DEFAULT =
            new ServiceConnectionsConfig(1024, 1024, Duration.ofSeconds(60));

    public ServiceConnectionsConfig {
        Check.between("connections.max", max, 1, Integer.MAX_VALUE);
        Check.between("connections.queue", queue, 0, Integer.MAX_VALUE);
        Check.atLeast("connections.idle_timeout", idleTimeout, Duration.ofMillis(100));
    }
}
