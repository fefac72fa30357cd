package dev.gatehouse.engine;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.TracingFactory;
import org.jspecify.annotations.Nullable;

/// What sends the traces of a gateway: opened when a configuration wants it, kept over reloads while it wants the
/// same.
final class TracingWatch {
    private final int loops;
    private final CounterSource counters;
    private @Nullable Wanted wanted;
    private @Nullable Observer observer;

    /// What it was opened for.
    private record Wanted(TracingConfig config, String gateway) {}

    TracingWatch(int loops, CounterSource counters) {
        this.loops = loops;
        this.counters = counters;
    }

    /// Opens what `config` wants.
    ///
    /// @return what watched before and is not to any more, to be closed when no loop tells it anything; null when
    ///     there is none
    @Nullable
    Observer follow(GatewayConfig config) {
        TracingConfig tracing = config.telemetry().tracing();
        Wanted now = tracing == null ? null : new Wanted(tracing, config.name());
        if (now == null ? wanted == null : now.equals(wanted)) {
            return null;
        }
        Observer before = observer;
        observer = now == null ? null : open(now);
        wanted = now;
        return before;
    }

    private Observer open(Wanted now) {
        TracingFactory factory = TracingFactory.found();
        if (factory == null) {
            throw new IllegalArgumentException("telemetry.tracing: the module gatehouse-otel is not there");
        }
        return factory.open(now.config(), now.gateway(), loops, counters);
    }

    /// What watches now; null without tracing.
    @Nullable
    Observer observer() {
        return observer;
    }
}
