package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import java.time.Duration;
import picocli.CommandLine.Option;

/// Options about how the service is reached.
final class ServiceOptions {
    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "1s",
            description = "Time for getting a connection to one address (default: ${DEFAULT-VALUE}).")
    private Duration connect = Duration.ofSeconds(1);

    @Option(
            names = "--first-byte-timeout",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "15s",
            description = "Time from the request to the first byte of the answer (default: ${DEFAULT-VALUE}).")
    private Duration firstByte = Duration.ofSeconds(15);

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "60s",
            description = "Time a body may stand still (default: ${DEFAULT-VALUE}).")
    private Duration idle = Duration.ofSeconds(60);

    @Option(
            names = "--request-timeout",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "30s",
            description = "Time from the whole request to the head of the answer (default: ${DEFAULT-VALUE}).")
    private Duration request = Duration.ofSeconds(30);

    @Option(
            names = "--service-connections",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Connections to the service open at the same time (default: ${DEFAULT-VALUE}).")
    private int connections = 1024;

    @Option(
            names = "--service-queue",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Requests that may wait for one of them (default: ${DEFAULT-VALUE}).")
    private int queue = 1024;

    TimeoutConfig timeouts() {
        return new TimeoutConfig(connect, firstByte, idle, request);
    }

    ServiceConnectionsConfig connections() {
        return new ServiceConnectionsConfig(connections, queue, ServiceConnectionsConfig.DEFAULT.idleTimeout());
    }
}
