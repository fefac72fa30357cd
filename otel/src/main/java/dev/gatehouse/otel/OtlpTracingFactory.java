package dev.gatehouse.otel;

import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.TracingFactory;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends by OTLP over HTTP. Found by ServiceLoader.
public final class OtlpTracingFactory implements TracingFactory {
    /// The library tells what fails to a log of its own; [Delivery] says it once, in ours. Held, since a logger nobody
    /// holds forgets its level.
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private final @Nullable RetryPolicy retries;

    public OtlpTracingFactory() {
        this(RetryPolicy.getDefault());
    }

    /// @param retries how calls that may be repeated are; null for not at all
    public OtlpTracingFactory(@Nullable RetryPolicy retries) {
        this.retries = retries;
    }

    @Override
    public Observer open(TracingConfig config, String gateway, int loops, CounterSource counters) {
        LIBRARY.setLevel(Level.OFF);
        return OtlpObserver.start(config, loops, Collector.of(config, gateway, retries), new Deliveries(counters));
    }
}
