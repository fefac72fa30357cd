package dev.gatehouse.otel;

import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.TracingFactory;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sends by OTLP over HTTP. Found by ServiceLoader.
public final class OtlpTracingFactory implements TracingFactory {
    /// The library tells what fails to a log of its own; [Delivery] says it once, in ours. Held, since a logger
    /// nobody holds forgets its level.
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private static final int ATTEMPTS = 5;

    private final Duration pause;

    public OtlpTracingFactory() {
        this(Duration.ofSeconds(1));
    }

    /// @param pause before a call that failed is made again the first time; each further one is half as long again,
    ///     and none longer than five times the first
    public OtlpTracingFactory(Duration pause) {
        this.pause = pause;
    }

    @Override
    public Observer open(TracingConfig config, String gateway, int loops, CounterSource counters) {
        LIBRARY.setLevel(Level.OFF);
        RetryPolicy retries = RetryPolicy.builder()
                .setMaxAttempts(ATTEMPTS)
                .setInitialBackoff(pause)
                .setMaxBackoff(pause.multipliedBy(5))
                .build();
        return OtlpObserver.start(config, loops, Collector.of(config, gateway, retries), new Deliveries(counters));
    }
}
