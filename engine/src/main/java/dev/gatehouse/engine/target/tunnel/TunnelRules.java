package dev.gatehouse.engine.target.tunnel;

import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.WebSocketConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route grants its clients to change to, and how long that may last. Shared by all loops.
///
/// @param protocols in lower case
/// @param websocket bounds of WebSockets; null when they pass without
/// @param replacedTime how long a tunnel may last once the configuration it began on was replaced
/// @param drainTime how long the gateway takes to shut down
public record TunnelRules(
        List<String> protocols, @Nullable WebSocketConfig websocket, Duration replacedTime, Duration drainTime) {
    /// No protocol but HTTP.
    public static final TunnelRules NONE = new TunnelRules(List.of(), null, Duration.ZERO, Duration.ZERO);

    public TunnelRules {
        protocols = List.copyOf(protocols);
    }

    public static TunnelRules of(List<String> protocols, @Nullable WebSocketConfig websocket, RuntimeConfig runtime) {
        return new TunnelRules(protocols, websocket, runtime.tunnelTimeout(), runtime.drainTimeout());
    }
}
