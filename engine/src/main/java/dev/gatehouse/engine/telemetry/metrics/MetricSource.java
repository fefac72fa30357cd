package dev.gatehouse.engine.telemetry.metrics;

import java.util.List;

/// Something that can be measured. Asked by any thread, several at a time; never waits for a loop.
@FunctionalInterface
public interface MetricSource {
    /// What it stands at now. A family without rows is left out, or comes with none.
    List<MetricFamily> families();
}
