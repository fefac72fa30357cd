package dev.gatehouse.api.policy;

import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import java.util.Set;
import java.util.function.Supplier;

/// What a policy of one route may reach beyond its settings and its exchange. Given when a configuration is compiled,
/// which opens nothing; what it hands out may be used from then on by every loop.
public interface PolicyContext extends FileContext {
    /// The slot of the policy: its factory's name.
    String slot();

    /// What the user calls these settings: the name under `policies.<slot>`, else the route that holds them. All
    /// who have the same name share the same state.
    String name();

    /// What the route's path calls its parameters, `rest` among them when it ends in `**`: for templates, which are
    /// checked by [dev.gatehouse.api.template.Template#check(Set)] when the policy is created.
    Set<String> parameters();

    /// State that this policy shares between exchanges, found again by [#slot], [#name] and `name` after a reload.
    ///
    /// @param name for policies with several states
    /// @param fresh makes it when there is none
    <S extends SharedState<S>> StateRef<S> state(String name, Supplier<S> fresh);

    /// Reads a condition, in which `path.x` is a parameter of the route's path.
    ///
    /// @throws dev.gatehouse.api.expression.ExpressionException when it cannot be read or makes no sense
    Expression expression(String text);

    /// The path of the route.
    PathPattern path();

    /// The methods the route takes; empty for all. GET takes HEAD too.
    Set<String> methods();
}
