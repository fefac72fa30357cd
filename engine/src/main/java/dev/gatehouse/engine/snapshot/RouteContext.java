package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.PolicyContext;
import dev.gatehouse.api.TimeSource;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.store.MemoryStore;
import dev.gatehouse.engine.store.States;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What the policies of one slot of one route may reach.
///
/// @param slot its name
/// @param name of the settings, else the route's
/// @param parameters of the route's path
/// @param around what no reload changes
/// @param lease on the states, until the snapshot is gone
record RouteContext(String slot, String name, Set<String> parameters, Surroundings around, States.Lease lease)
        implements PolicyContext {
    @Override
    public TimeSource time() {
        LongSupplier clock = around.clock();
        return new TimeSource() {
            @Override
            public Instant now() {
                return around.wallClock().instant();
            }

            @Override
            public long nanos() {
                return clock.getAsLong();
            }
        };
    }

    @Override
    public RandomGenerator random() {
        return around.chance()::getAsLong;
    }

    @Override
    public <S extends SharedState<S>> StateRef<S> state(String state, Supplier<S> fresh) {
        return lease.ref(slot + "/" + name + "/" + state, fresh);
    }

    @Override
    public StateRef<Store> store() {
        return lease.ref("store", () -> new MemoryStore(around.clock()));
    }

    @Override
    public CounterFamily counter(String metric, String help, String... labels) {
        return around.counters().counter(metric, help, labels);
    }
}
