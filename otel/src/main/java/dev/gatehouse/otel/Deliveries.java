package dev.gatehouse.otel;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.engine.telemetry.CounterSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of the exchanges that were to be sent, counted. From every thread.
final class Deliveries {
    static final String NAME = "gatehouse_otlp_exchanges";

    private final Map<Result, Counter> traces = new EnumMap<>(Result.class);
    private final Map<Result, Counter> logs = new EnumMap<>(Result.class);

    /// What became of it.
    enum Result {
        /// The collector took it.
        SENT,
        /// There was no place for it, since the collector is slower than what happens, or gone.
        QUEUE_FULL,
        /// The collector did not take it, in time or at all.
        REFUSED,
        /// It still waited when the time to close was over.
        CLOSING
    }

    Deliveries(CounterSource counters) {
        CounterFamily family = counters.counter(
                NAME, "Exchanges that were to be sent to the collector, by what became of them.", "signal", "result");
        for (Result result : Result.values()) {
            String word = result.name().toLowerCase(Locale.ROOT);
            traces.put(result, family.of("traces", word));
            logs.put(result, family.of("logs", word));
        }
    }

    void count(Result result, int traced, int logged) {
        add(traces.get(result), traced);
        add(logs.get(result), logged);
    }

    private static void add(@Nullable Counter counter, int amount) {
        if (counter != null && amount > 0) {
            counter.add(amount);
        }
    }
}
