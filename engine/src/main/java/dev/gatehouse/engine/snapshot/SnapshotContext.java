package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.PathPatterns;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.policy.FileContext;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.expression.ExpressionReader;
import dev.gatehouse.engine.expression.PathValues;
import dev.gatehouse.engine.routing.PathRule;
import dev.gatehouse.engine.routing.PathRules;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What all policies of one snapshot may reach, on whichever route they stand.
sealed class SnapshotContext implements FileContext permits RouteContext {
    final PluginReach reach;
    private final Authenticators asked;

    /// @param reach what all plug-ins share
    /// @param asked the authenticators there are
    SnapshotContext(PluginReach reach, Authenticators asked) {
        this.reach = reach;
        this.asked = asked;
    }

    @Override
    public TimeSource time() {
        return reach.time();
    }

    @Override
    public RandomGenerator random() {
        return reach.around().chance()::getAsLong;
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
