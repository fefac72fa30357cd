package dev.gatehouse.policy;

import dev.gatehouse.api.PolicyContext;
import dev.gatehouse.api.TimeSource;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a policy that keeps nothing and counts nothing may reach: what its route's path calls its parameters.
public record FakeContext(String slot, Set<String> parameters) implements PolicyContext {
    @Override
    public String name() {
        return "GET /menus/{id}";
    }

    @Override
    public TimeSource time() {
        throw new UnsupportedOperationException("no clock here");
    }

    @Override
    public RandomGenerator random() {
        throw new UnsupportedOperationException("no chance here");
    }

    @Override
    public <S extends SharedState<S>> StateRef<S> state(String name, Supplier<S> fresh) {
        throw new UnsupportedOperationException("no state here");
    }

    @Override
    public StateRef<Store> store() {
        throw new UnsupportedOperationException("no store here");
    }

    @Override
    public CounterFamily counter(String name, String help, String... labels) {
        throw new UnsupportedOperationException("no metrics here");
    }
}
