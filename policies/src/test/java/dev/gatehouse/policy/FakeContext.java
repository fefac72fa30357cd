package dev.gatehouse.policy;

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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
    public StateRef<Store> store(@Nullable String name) {
        throw new UnsupportedOperationException("no store here");
    }

    @Override
    public OnStoreDown onStoreDown(@Nullable String name) {
        throw new UnsupportedOperationException("no store here");
    }

    @Override
    public Duration storePatience(@Nullable String name) {
        throw new UnsupportedOperationException("no store here");
    }

    @Override
    public <R extends Record> @Nullable R section(Class<R> type) {
        return null;
    }

    @Override
    public String place(String path) {
        return "gateway.yaml:1:1";
    }

    @Override
    public @Nullable Authenticator authenticator(String name) {
        return null;
    }

    @Override
    public List<String> authenticators() {
        return List.of();
    }

    @Override
    public Consumers consumers() {
        throw new UnsupportedOperationException("nobody is known here");
    }

    @Override
    public Expression expression(String text) {
        throw new UnsupportedOperationException("no expressions here");
    }

    @Override
    public Expression expression(String text, PathPattern path) {
        throw new UnsupportedOperationException("no expressions here");
    }

    @Override
    public PathPattern pathPattern(String text) {
        throw new UnsupportedOperationException("no patterns here");
    }

    @Override
    public PathPatterns pathPatterns(List<PathPattern> patterns) {
        throw new UnsupportedOperationException("no patterns here");
    }

    @Override
    public PathPattern path() {
        throw new UnsupportedOperationException("no patterns here");
    }

    @Override
    public Set<String> methods() {
        return Set.of();
    }

    @Override
    public void reserve(HeaderName field) {}

    @Override
    public void warn(String path, String sentence) {}

    @Override
    public CounterFamily counter(String name, String help, String... labels) {
        throw new UnsupportedOperationException("no metrics here");
    }
}
