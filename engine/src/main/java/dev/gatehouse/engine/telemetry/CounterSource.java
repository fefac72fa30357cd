package dev.gatehouse.engine.telemetry;

import dev.gatehouse.api.metrics.CounterFamily;

/// Where observers get the metrics from that they count in.
public interface CounterSource {
    /// Counters of one name, the same for the same name.
    ///
    /// @param name as Prometheus wants it, without `_total`
    /// @param help one sentence
    CounterFamily counter(String name, String help, String... labels);
}
