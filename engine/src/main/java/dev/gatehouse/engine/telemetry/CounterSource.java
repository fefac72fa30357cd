package dev.gatehouse.engine.telemetry;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;

/// Where policies get their counters.
public interface CounterSource {
    /// Nobody looks at what is counted.
    CounterSource NONE = (_, _, _) -> _ -> new Counter() {
        @Override
        public void add(long amount) {}

        @Override
        public long value() {
            return 0;
        }
    };

    /// @throws IllegalArgumentException when the name is taken by a metric with other labels
    CounterFamily counter(String name, String help, String... labels);
}
