package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.store.MemoryStore;
import dev.gatehouse.policy.FakeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What an authenticator may reach, in memory; the same states are found again by whoever is made with it later, as
/// after a reload.
public final class TestContext implements AuthenticatorContext {
    public final TestClock clock = new TestClock();
    public final Map<String, Consumer> consumers = new HashMap<>();
    public final Map<String, AtomicLong> counters = new HashMap<>();
    public final List<String> warnings = new ArrayList<>();
    private final Map<String, SharedState<?>> states = new HashMap<>();
    private Store store = new MemoryStore(clock::nanos);

    public Store store() {
        return store;
    }

    public TestContext with(Store other) {
        store = other;
        return this;
    }

    /// A consumer of the file.
    public TestContext consumer(Consumer consumer) {
        consumers.put(consumer.name(), consumer);
        return this;
    }

    @Override
    public String name() {
        return "customer";
    }

    @Override
    public Consumers consumers() {
        return new Consumers() {
            @Override
            public @Nullable Consumer consumer(String name) {
                return consumers.get(name);
            }

            @Override
            public @Nullable Plan plan(String name) {
                return null;
            }

            @Override
            public CompletionStage<KeyOwner> owner(Exchange exchange, CharSequence key) {
                return CompletableFuture.completedFuture(new KeyOwner.Unknown());
            }
        };
    }

    @Override
    public TimeSource time() {
        return clock;
    }

    @Override
    public RandomGenerator random() {
        throw new UnsupportedOperationException("no chance here");
    }

    @Override
    public <S extends SharedState<S>> StateRef<S> state(String name, Supplier<S> fresh) {
        @SuppressWarnings("unchecked") // the same name is always the same kind of state
        Supplier<S> found = () -> (S) states.computeIfAbsent(name, _ -> fresh.get());
        return new FakeState<>(name, found);
    }

    @Override
    public StateRef<Store> store(@Nullable String name) {
        return new FakeState<>("store", () -> store);
    }

    @Override
    public void reserve(HeaderName name) {}

    @Override
    public void warn(String key, String sentence) {
        warnings.add(key + ": " + sentence);
    }

    @Override
    public CounterFamily counter(String name, String help, String... labels) {
        return values -> {
            AtomicLong count = counters.computeIfAbsent(name + values[values.length - 1], _ -> new AtomicLong());
            return new Counter() {
                @Override
                public void add(long amount) {
                    count.addAndGet(amount);
                }

                @Override
                public long value() {
                    return count.get();
                }
            };
        };
    }
}
