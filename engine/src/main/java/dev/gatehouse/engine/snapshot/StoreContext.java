package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.api.time.TimeSource;

/// What a store may reach.
///
/// @param name under `stores`
record StoreContext(String name, Surroundings around, TimeSource time) implements StoreFactory.Context {
    @Override
    public String node() {
        return around.states().node();
    }

    @Override
    public boolean isRunning() {
        return !around.loops().isEmpty();
    }

    @Override
    public CounterFamily counter(String metric, String help, String... labels) {
        return around.counters().counter(metric, help, labels);
    }
}
