package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.PathPatterns;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.expression.ExpressionReader;
import dev.gatehouse.engine.expression.PathValues;
import dev.gatehouse.engine.routing.PathRule;
import dev.gatehouse.engine.routing.PathRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the policies of one slot of one route may reach.
///
/// @param slot its name
/// @param name of the settings, else the route's
/// @param route as it was written
/// @param reach what all plug-ins share
/// @param asked the authenticators there are
record RouteContext(String slot, String name, RouteConfig route, PluginReach reach, Authenticators asked)
        implements PolicyContext {
    @Override
    public TimeSource time() {
        return reach.time();
    }

    @Override
    public RandomGenerator random() {
        return reach.around().chance()::getAsLong;
    }

    @Override
    public <S extends SharedState<S>> StateRef<S> state(String state, Supplier<S> fresh) {
        return reach.lease().ref(slot + "/" + name + "/" + state, fresh);
    }

    @Override
    public StateRef<Store> store(@Nullable String store) {
        return reach.store(store);
    }

    @Override
    public OnStoreDown onStoreDown(@Nullable String store) {
        return reach.onStoreDown(store);
    }

    @Override
    public Duration storePatience(@Nullable String store) {
        return reach.storePatience(store);
    }

    @Override
    public <R extends Record> @Nullable R section(Class<R> type) {
        for (Record section : reach.plan().config().sections().values()) {
            if (type.isInstance(section)) {
                return type.cast(section);
            }
        }
        return null;
    }

    @Override
    public String place(String path) {
        return reach.plan().place(path);
    }

    @Override
    public @Nullable Authenticator authenticator(String authenticator) {
        return asked.named(authenticator);
    }

    @Override
    public List<String> authenticators() {
        return asked.names();
    }

    @Override
    public Consumers consumers() {
        return reach.consumers();
    }

    @Override
    public Expression expression(String text) {
        return ExpressionReader.read(text, PathValues.ofRoute(parameters()));
    }

    @Override
    public Expression expression(String text, PathPattern path) {
        return ExpressionReader.read(text, PathValues.of(path));
    }

    @Override
    public PathPattern pathPattern(String text) {
        return PathRule.of(text);
    }

    @Override
    public PathPatterns pathPatterns(List<PathPattern> patterns) {
        return new PathRules(patterns);
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

    @Override
    public void reserve(HeaderName field) {
        reach.reserve(field);
    }

    @Override
    public void warn(String path, String sentence) {
        reach.warn(new SettingWarning(path, sentence));
    }

    @Override
    public CounterFamily counter(String metric, String help, String... labels) {
        return reach.around().counters().counter(metric, help, labels);
    }
}
