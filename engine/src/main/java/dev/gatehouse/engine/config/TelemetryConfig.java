package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import org.jspecify.annotations.Nullable;

/// What the gateway tells about the exchanges it serves.
@Settings(name = "telemetry", value = "What the gateway tells about the requests it serves.")
public record TelemetryConfig(
        @Setting("One line for each request: where to, in which form. Left out, or none: no line.") @Nullable
        AccessLogConfig accessLog,

        @Setting("The figures of the gateway.") MetricsConfig metrics,

        @Setting("Traces, sent to a collector. Left out: none.") @Nullable
        TracingConfig tracing) {
    public static final TelemetryConfig NONE = new TelemetryConfig(null, MetricsConfig.DEFAULT, null);

    public TelemetryConfig {
        if (accessLog != null && !accessLog.enabled()) {
            accessLog = null;
        }
    }

    public TelemetryConfig withAccessLog(@Nullable AccessLogConfig other) {
        return new TelemetryConfig(other, metrics, tracing);
    }

    public TelemetryConfig withTracing(@Nullable TracingConfig other) {
        return new TelemetryConfig(accessLog, metrics, other);
    }
}
