package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;

/// What the process runs on, and how it ends.
@Settings(name = "runtime", value = "What the process runs on, and how it ends.")
public record RuntimeConfig(
        @Setting(value = "Number of event loops; auto is one per core.", byDefault = "auto", min = "1", max = "1024")
        int loops,

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
                value = "DNS servers asked for the names of services, as address or address:port, in this order; none"
                        + " means those of the system.",
                byDefault = "none")
        List<String> nameServers) {
    public RuntimeConfig {
        nameServers = List.copyOf(nameServers);
        Check.between("runtime.loops", loops, 1, 1024);
        Check.atLeast("runtime.drain_timeout", drainTimeout, Duration.ZERO);
    }

    /// With the name servers of the system.
    public RuntimeConfig(int loops, String transport, Duration drainTimeout, boolean takeover) {
        this(loops, transport, drainTimeout, takeover, List.of());
    }

    public static RuntimeConfig standard() {
        return new RuntimeConfig(Runtime.getRuntime().availableProcessors(), "auto", Duration.ofSeconds(30), false);
    }
}
