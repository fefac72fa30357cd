package dev.gatehouse.app.cli;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.ServiceAddress;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.config.ServiceTlsConfig;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification.Level;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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

    @Option(
            names = "--service-protocol",
            paramLabel = "PROTOCOL",
            defaultValue = "auto",
            converter = Protocol.class,
            description = "What is spoken with it: auto, http/1.1, h2 or grpc (default: ${DEFAULT-VALUE}).")
    private ServiceProtocol protocol = ServiceProtocol.AUTO;

    @Option(
            names = "--service-ca",
            paramLabel = "FILE",
            description = "PEM file with the authorities of an https:// service (default: those Java knows).")
    private @Nullable Path authorities;

    @Option(
            names = "--insecure",
            description = "Believe whoever answers at an https:// address: only for a look at it.")
    private boolean insecure;

    private static final class Protocol implements ITypeConverter<ServiceProtocol> {
        @Override
        public ServiceProtocol convert(String word) {
            return switch (word) {
                case "auto" -> ServiceProtocol.AUTO;
                case "http/1.1" -> ServiceProtocol.HTTP_1_1;
                case "h2" -> ServiceProtocol.H2;
                case "grpc" -> ServiceProtocol.GRPC;
                default -> throw new TypeConversionException("'" + word + "' (expected: auto, http/1.1, h2 or grpc)");
            };
        }
    }

    /// @throws IOException when the file with the authorities cannot be read
    ServiceConfig service(String name, List<ServiceAddress> addresses) throws IOException {
        return new ServiceConfig(
                name,
                addresses.stream().map(InstanceConfig::of).toList(),
                LoadBalancerConfig.DEFAULT,
                HealthCheckConfig.DEFAULT,
                protocol,
                tls(),
                timeouts(),
                connections());
    }

    private ServiceTlsConfig tls() throws IOException {
        Path file = authorities;
        return new ServiceTlsConfig(
                insecure ? new Verification(Level.NONE) : Verification.FULL,
                file == null ? null : new FileContent(file.toString(), Files.readAllBytes(file)),
                null,
                null,
                TlsVersion.TLS_1_2,
                TlsVersion.TLS_1_3);
    }

    private TimeoutConfig timeouts() {
        return new TimeoutConfig(connect, firstByte, idle, request);
    }

    private ServiceConnectionsConfig connections() {
        return new ServiceConnectionsConfig(connections, queue, ServiceConnectionsConfig.DEFAULT.idleTimeout());
    }
}
