package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the process runs on, and how it ends.
@Settings(name = "runtime", value = "What the process runs on, and how it ends.")
public record RuntimeConfig(
        @Setting(value = "Number of event loops; auto is one per core.", byDefault = "auto", min = "1", max = "1024")
        @Nullable
        Integer loops,

        @Setting(
                value = "How bytes reach the kernel: io_uring, epoll or nio; auto picks the first this machine can do.",
                byDefault = "auto")
        String transport,

        @Setting(
                value = "Time that exchanges still running at shutdown have to end; then they are cut off.",
                byDefault = "30s",
                min = "0s")
        Duration drainTimeout,

        @Setting(
                value = "Share the port with a gateway that is being replaced, instead of refusing to start.",
                byDefault = "false")
        boolean takeover,

        @Setting(
                value = "Time that a WebSocket or another tunnel may stay open once the configuration it began on was"
                        + " replaced; then it is closed, a WebSocket with 1012, at a moment left to chance in the last"
                        + " quarter of it.",
                byDefault = "1h",
                min = "1s")
        Duration tunnelTimeout,

        @Setting(
                value = "DNS servers asked for the names of services, as address or address:port, in this order; none"
                        + " means those of the system.",
                byDefault = "none")
        List<String> nameServers,

        @Setting(
                value = "Client connections that may be open at the same time on all listeners together; one more is"
                        + " answered 503 and closed. Left out, only the limits of each listener count.",
                min = "1")
        @Nullable
        Integer connections) {
    /// How long tunnels may outlive their configuration when nothing is said.
    public static final Duration TUNNEL_TIMEOUT = Duration.ofHours(1);

    private static final Set<String> TRANSPORTS = Set.of("auto", "io_uring", "epoll", "nio");

    public RuntimeConfig {
        nameServers = List.copyOf(nameServers);
        if (loops != null) {
            Check.between("runtime.loops", loops, 1, 1024);
        }
        if (!TRANSPORTS.contains(transport)) {
            throw new IllegalArgumentException(
                    "runtime.transport: '" + transport + "' (expected: auto, io_uring, epoll or nio)");
        }
        Check.atLeast("runtime.drain_timeout", drainTimeout, Duration.ZERO);
        Check.atLeast("runtime.tunnel_timeout", tunnelTimeout, Duration.ofSeconds(1));
        if (connections != null) {
            Check.between("runtime.connections", connections, 1, Integer.MAX_VALUE);
        }
    }

    /// With the name servers of the system, no common limit of connections, and the usual time for tunnels.
    public RuntimeConfig(@Nullable Integer loops, String transport, Duration drainTimeout, boolean takeover) {
        this(loops, transport, drainTimeout, takeover, TUNNEL_TIMEOUT, List.of(), null);
    }

    public static RuntimeConfig standard() {
        return new RuntimeConfig(null, "auto", Duration.ofSeconds(30), false);
    }

    /// How many event loops that makes on this machine.
    public int loopCount() {
        return loops == null ? Runtime.getRuntime().availableProcessors() : loops;
    }
}
