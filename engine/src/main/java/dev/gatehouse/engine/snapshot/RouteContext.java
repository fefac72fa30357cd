package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.expression.ExpressionReader;
import dev.gatehouse.engine.expression.PathValues;
import dev.gatehouse.engine.routing.PathRule;
import java.util.Set;
import java.util.function.Supplier;

/// What the policies of one slot of one route may reach.
final class RouteContext extends SnapshotContext implements PolicyContext {
    private final String slot;
    private final String name;
    private final RouteConfig route;

    /// @param slot its name
    /// @param name of the settings, else the route's
    /// @param route as it was written
    RouteContext(String slot, String name, RouteConfig route, PluginReach reach, Authenticators asked) {
        super(reach, asked);
        this.slot = slot;
        this.name = name;
        this.route = route;
    }

    @Override
    public String slot() {
        return slot;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <S extends SharedState<S>> StateRef<S> state(String state, Supplier<S> fresh) {
        return reach.lease().ref(slot + "/" + name + "/" + state, fresh);
    }

    @Override
    public Expression expression(String text) {
        return ExpressionReader.read(text, PathValues.ofRoute(parameters()));
    }

    @Override
    public Set<String> parameters() {
        return RouteConfig.parameters(route.path());
    }

    @Override
    public PathPattern path() {
        try {
            return PathRule.of(route.path());
        } catch (IllegalArgumentException e) {
            return PathRule.of("/**"); // told where it stands when all routes are put into their table
        }
    }

    @Override
    public Set<String> methods() {
        return Set.copyOf(route.methods());
    }
}
