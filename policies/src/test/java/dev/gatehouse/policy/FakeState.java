package dev.gatehouse.policy;

import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import java.util.function.Supplier;

/// A state, and how a [FakeExchange] finds it.
public record FakeState<S extends SharedState<S>>(String name, Supplier<S> state) implements StateRef<S> {}
