package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.http1.HeadLimits;
import java.time.Duration;

/// What one client connection may ask of the gateway.
@Settings(
        name = "listener.limits",
        value = "What one client, and all clients of a listener together, may ask of the gateway.")
public record LimitsConfig(
        @Setting(
                value = "Size of a request head, line ends included; a larger one is answered 431.",
                byDefault = "64KiB",
                min = "256B",
                max = "1MiB")
        int head,

        @Setting(
                value = "Length of the request line; a longer one is answered 414.",
                byDefault = "8KiB",
                min = "64B",
                max = "1MiB")
        int requestLine,

        @Setting(
                value = "Number of header lines in a request; more are answered 431.",
                byDefault = "100",
                min = "1",
                max = "10000")
        int headers,

        @Setting(
                value = "Size of a request body; a larger one is answered 413. 0 means no limit.",
                byDefault = "0B",
                min = "0")
        long body,

        @Setting(
                value = "Connections that may be open at the same time; one more is answered 503 and closed, on a tcp"
                        + " listener reset.",
                byDefault = "10000",
                min = "1")
        int connections,

        @Setting(
                value =
                        "Time a client has for sending a whole request head, from its first byte; then it is answered 408."
                                + " With 'sni', for the first message of its TLS; then it is closed.",
                byDefault = "10s",
                min = "100ms")
        Duration headTimeout,

        @Setting(
                value = "Time a connection may stay open without a request; then it is closed.",
                byDefault = "60s",
                min = "100ms")
        Duration idleTimeout,

        @Setting(
                value =
                        "Bytes per second a client has to send of a body, over each span of body_rate_window in which the"
                                + " gateway was ready to read; a slower one is answered 408. 0 means no limit.",
                byDefault = "1KiB",
                min = "0")
        int bodyRate,

        @Setting(value = "The span over which body_rate is measured.", byDefault = "10s", min = "100ms")
        Duration bodyRateWindow) {
    public static final LimitsConfig DEFAULT = new LimitsConfig(
            64 << 10,
            8 << 10,
            100,
            0,
            10_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            1 << 10,
            Duration.ofSeconds(10));

    public LimitsConfig {
        Check.between("limits.head", head, 256, 1 << 20);
        Check.between("limits.request_line", requestLine, 64, 1 << 20);
        Check.between("limits.headers", headers, 1, 10_000);
        Check.between("limits.body", body, 0, Long.MAX_VALUE);
        Check.between("limits.connections", connections, 1, Integer.MAX_VALUE);
        Check.atLeast("limits.head_timeout", headTimeout, Duration.ofMillis(100));
        Check.atLeast("limits.idle_timeout", idleTimeout, Duration.ofMillis(100));
        Check.between("limits.body_rate", bodyRate, 0, Integer.MAX_VALUE);
        Check.atLeast("limits.body_rate_window", bodyRateWindow, Duration.ofMillis(100));
    }

    /// The part of it the parser of heads enforces.
    public HeadLimits heads() {
        return new HeadLimits(head, requestLine, headers);
    }

    public LimitsConfig withBody(long bytes) {
        return new LimitsConfig(
                head, requestLine, headers, bytes, connections, headTimeout, idleTimeout, bodyRate, bodyRateWindow);
    }

    /// What can be said of connections that are passed on, with everything else as it is by default.
    public static LimitsConfig ofTcp(int connections, Duration headTimeout) {
        return new LimitsConfig(
                DEFAULT.head,
                DEFAULT.requestLine,
                DEFAULT.headers,
                DEFAULT.body,
                connections,
                headTimeout,
                DEFAULT.idleTimeout,
                DEFAULT.bodyRate,
                DEFAULT.bodyRateWindow);
    }

    public LimitsConfig withConnections(int max) {
        return new LimitsConfig(
                head, requestLine, headers, body, max, headTimeout, idleTimeout, bodyRate, bodyRateWindow);
    }
}
