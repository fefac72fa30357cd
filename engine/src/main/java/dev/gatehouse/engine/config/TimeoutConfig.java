package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;

/// How long a service may take.
@Settings(name = "service.timeout", value = "How long a service may take, moment by moment.")
public record TimeoutConfig(
        @Setting(
                value = "Time for getting a connection to one address: waiting for a free one included.",
                byDefault = "1s",
                min = "10ms")
        Duration connect,

        @Setting(
                value =
                        "Time from the last byte of the request to the first byte of the answer; then the client gets 504.",
                byDefault = "15s",
                min = "10ms")
        Duration firstByte,

        @Setting(
                value = "Time in which a body, in either direction, may stand still; then the exchange is cut off.",
                byDefault = "60s",
                min = "10ms")
        Duration idle,

        @Setting(
                value =
                        "Time from the whole request to the head of the answer, all attempts together; then the client gets"
                                + " 504. An answer that has begun is bounded by idle alone, so long downloads live.",
                byDefault = "30s",
                min = "10ms")
        Duration request) {
    public static final TimeoutConfig DEFAULT = new TimeoutConfig(
            Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(30));

    /// `timeout: 5s` is the whole request; the rest is as by default.
    public static TimeoutConfig of(Duration request) {
        return new TimeoutConfig(DEFAULT.connect, DEFAULT.firstByte, DEFAULT.idle, request);
    }

    public TimeoutConfig {
        Duration least = Duration.ofMillis(10);
        Check.atLeast("timeout.connect", connect, least);
        Check.atLeast("timeout.first_byte", firstByte, least);
        Check.atLeast("timeout.idle", idle, least);
        Check.atLeast("timeout.request", request, least);
    }
}
