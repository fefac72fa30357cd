package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.FakeExchange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A policy's context and exchanges, with two stores, counters, and a clock and timers that are moved by hand.
final class Surroundings implements TimeSource {
    final HeldStore redis = new HeldStore();
    final HeldStore memory = new HeldStore();
    final Map<String, Long> counted = new HashMap<>();
    final List<String> warned = new ArrayList<>();
    Duration patience = StoreFactory.USUAL_PATIENCE;
    Mode mode = Mode.LIVE;
    Instant now = Instant.parse("2026-11-22T12:00:00Z");

    private final List<Timer> timers = new ArrayList<>();

    private record Timer(Instant at, CompletableFuture<Void> over) {}

    void pass(Duration time) {
        now = now.plus(time);
        for (Timer timer : List.copyOf(timers)) {
            if (!timer.at.isAfter(now)) {
                timers.remove(timer);
                timer.over.complete(null);
            }
        }
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    PolicyContext context() {
        return (PolicyContext) Proxy.newProxyInstance(
                PolicyContext.class.getClassLoader(),
                new Class<?>[] {PolicyContext.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "name" -> "by-plan";
                    case "slot" -> "rate_limit";
                    case "parameters" -> Set.of("id");
                    case "time" -> this;
                    case "store" -> "memory".equals(arguments[0]) ? memory : redis;
                    case "onStoreDown" -> OnStoreDown.LOCAL_SHARE;
                    case "storePatience" -> patience;
                    case "warn" -> warned.add(arguments[0] + ": " + arguments[1]);
                    case "counter" -> family((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private CounterFamily family(String name) {
        return labels -> {
            String row = name + List.of(labels);
            return new Counter() {
                @Override
                public void add(long amount) {
                    counted.merge(row, amount, Long::sum);
                }

                @Override
                public long value() {
                    return counted.getOrDefault(row, 0L);
                }
            };
        };
    }

    /// `request` with states, counters and timers.
    Exchange exchange(FakeExchange request) {
        return (Exchange) Proxy.newProxyInstance(
                Exchange.class.getClassLoader(),
                new Class<?>[] {Exchange.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "state" -> arguments[0];
                    case "mode" -> mode;
                    case "onLoop" -> ((CompletionStage<?>) arguments[0]).toCompletableFuture();
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "count" -> {
                        ((Counter) arguments[0]).add(1);
                        yield null;
                    }
                    case "after" -> {
                        Timer timer = new Timer(now.plus((Duration) arguments[0]), new CompletableFuture<>());
                        timers.add(timer);
                        yield timer.over;
                    }
                    default -> {
                        try {
                            yield method.invoke(request, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }
}
