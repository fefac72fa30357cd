package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.PolicyContext;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.state.OnStoreDown;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    public StateRef<Store> store(@Nullable String store) {
        return lease.ref("store", () -> new MemoryStore(around.clock(), () -> around.wallClock().millis()));
    }

    @Override
    public OnStoreDown onStoreDown(@Nullable String store) {
        return OnStoreDown.LOCAL_SHARE;
    }

    @Override
    public <R extends Record> @Nullable R section(Class<R> type) {
        return null;
    }

    @Override
    public String place(String path) {
        return "";
    }

    @Override
    public @Nullable Authenticator authenticator(String authenticator) {
        return null;
    }

    @Override
    public List<String> authenticators() {
        return List.of();
    }

    @Override
    public Consumers consumers() {
        throw new UnsupportedOperationException("consumers");
    }

    @Override
    public Expression expression(String text) {
        throw new UnsupportedOperationException("expression");
    }

    @Override
    public PathPattern pathPattern(String text) {
        throw new UnsupportedOperationException("path pattern");
    }

    @Override
    public void reserve(HeaderName field) {
        throw new UnsupportedOperationException("reserve");
    }

    @Override
    public CounterFamily counter(String metric, String help, String... labels) {
        return around.counters().counter(metric, help, labels);
    }
}
