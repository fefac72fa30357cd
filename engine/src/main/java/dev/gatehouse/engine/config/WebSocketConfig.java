package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The WebSockets of a route (RFC 6455).
@Settings(
        name = "route.websocket",
        value =
                "Lets clients open WebSockets here, and bounds them. Their octets are passed on as they are, unless a limit"
                        + " on frames or messages asks for a look at each.")
public record WebSocketConfig(
        @Setting(value = "Time without an octet in either direction; then it is closed.", byDefault = "60s", min = "1s")
        Duration idleTimeout,

        @Setting("Time one may be open; then it is closed with 1001. Left out, without end.") @Nullable
        Duration maxLifetime,

        @Setting(
                value = "Size of one frame; a larger one ends it with 1009. 0 means no limit.",
                byDefault = "0B",
                min = "0")
        long maxFrame,

        @Setting(
                value =
                        "Size of one message, all its frames together; a larger one ends it with 1009. 0 means no limit.",
                byDefault = "0B",
                min = "0")
        long maxMessage,

        @Setting(
                value = "Frames one side may send in a second; more end it with 1008. 0 means no limit.",
                byDefault = "0",
                min = "0",
                max = "1000000")
        int maxRate,

        @Setting(
                value = "Subprotocols a client may ask for; others are not passed on. None is all.",
                byDefault = "none")
        List<String> subprotocols) {
    public static final WebSocketConfig DEFAULT = new WebSocketConfig(Duration.ofSeconds(60), null, 0, 0, 0, List.of());

    public WebSocketConfig {
        Check.atLeast("idle_timeout", idleTimeout, Duration.ofSeconds(1));
        if (maxLifetime != null) {
            Check.atLeast("max_lifetime", maxLifetime, Duration.ofSeconds(1));
        }
        Check.between("max_frame", maxFrame, 0, Long.MAX_VALUE);
        Check.between("max_message", maxMessage, 0, Long.MAX_VALUE);
        Check.between("max_rate", maxRate, 0, 1_000_000);
        subprotocols = List.copyOf(subprotocols);
    }

    /// Whether frames have to be looked at.
    public boolean inspects() {
        return maxFrame > 0 || maxMessage > 0 || maxRate > 0;
    }
}
