package dev.gatehouse.engine.telemetry;

import dev.gatehouse.engine.config.TracingConfig;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// Makes what sends traces to a collector. A module of its own brings it, found by [ServiceLoader], because the
/// library behind it is heavy; a gateway without tracing never loads it.
public interface TracingFactory {
    /// Opens what sends; connects to nobody yet.
    ///
    /// @param gateway what the gateway is called: the `service.name` of its traces
    /// @param loops how many loops exchanges come from
    /// @param counters where it counts what was sent, and what was lost
    Observer open(TracingConfig config, String gateway, int loops, CounterSource counters);

    /// The one there is; null when there is none.
    static @Nullable TracingFactory found() {
        return ServiceLoader.load(TracingFactory.class, TracingFactory.class.getClassLoader())
                .findFirst()
                .orElse(null);
    }

    /// Whether there is one. Does not load it.
    static boolean isThere() {
        return ServiceLoader.load(TracingFactory.class, TracingFactory.class.getClassLoader()).stream()
                .findFirst()
                .isPresent();
    }
}
