package dev.gatehouse.api;

import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a policy may reach beyond its settings and its exchange. Given when a configuration is compiled, which opens
/// nothing; what it hands out may be used from then on by every loop.
public interface PolicyContext {
    /// The slot of the policy: its factory's name.
    String slot();

    /// What the user calls these settings: the name under `policies.<slot>`, else the route that holds them. All
    /// who have the same name share the same state.
    String name();

    /// What the route's path calls its parameters, `rest` among them when it ends in `**`: for templates, which are
    /// checked by [dev.gatehouse.api.template.Template#check(Set)] when the policy is created.
    Set<String> parameters();

    TimeSource time();

    /// A source of chance that every thread may use.
    RandomGenerator random();

    /// State that this policy shares between exchanges, found again by [#slot], [#name] and `name` after a reload.
    ///
    /// @param name for policies with several states
    /// @param fresh makes it when there is none
    <S extends SharedState<S>> StateRef<S> state(String name, Supplier<S> fresh);

    /// The store of the gateway: its own memory, unless the configuration names another one.
    StateRef<Store> store();

    /// A metric of this policy.
    ///
    /// @param name as Prometheus wants it, without `_total`: `gatehouse_rate_limit_violations`
    /// @param help one sentence
    /// @param labels names of its labels; whoever has values for them sees to it that there are few
    CounterFamily counter(String name, String help, String... labels);
}
