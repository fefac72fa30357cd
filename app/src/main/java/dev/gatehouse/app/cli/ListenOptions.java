package dev.gatehouse.app.cli;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.engine.config.ForwardingConfig;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import java.util.List;
import picocli.CommandLine.Option;

/// Options about the listener, shared by the commands that start one.
final class ListenOptions {
    @Option(
            names = "--trusted-proxy",
            paramLabel = "CIDR",
            split = ",",
            description = "Proxies in front of the gateway whose X-Forwarded-… fields and request ids are believed.")
    private List<String> trustedProxies = List.of();

    @Option(names = "--forwarded", description = "Also send the Forwarded field (RFC 7239) to the service.")
    private boolean forwarded;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            converter = Units.Size.class,
            defaultValue = "0",
            description = "Largest request body, such as 10MiB; 0 for no limit (default: ${DEFAULT-VALUE}).")
    private long maxBody;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Client connections open at the same time (default: ${DEFAULT-VALUE}).")
    private int maxConnections = 10_000;

    @Option(names = "--health", description = "Answer /health/live and /health/ready here.")
    private boolean health;

    /// @param place a port, `:port` or `address:port`
    ListenerConfig listener(String place) {
        int colon = place.lastIndexOf(':');
        String port = place.substring(colon + 1);
        String bind = colon <= 0 ? "0.0.0.0" : place.substring(0, colon);
        if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("'" + place + "' is not a place to listen: 8080, or 127.0.0.1:8080");
        }
        if (bind.startsWith("[") && bind.endsWith("]")) {
            bind = bind.substring(1, bind.length() - 1);
        }
        trustedProxies.forEach(Cidr::of);
        return new ListenerConfig(
                bind,
                Integer.parseInt(port),
                health,
                LimitsConfig.DEFAULT.withBody(maxBody).withConnections(maxConnections),
                new ForwardingConfig(trustedProxies, forwarded));
    }
}
