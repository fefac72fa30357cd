package dev.gatehouse.redis;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.api.time.TimeSource;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What a gateway would offer a store, with the clock of the machine.
record FakeContext(String node, boolean isRunning, Map<String, LongAdder> counters) implements StoreFactory.Context {
    static FakeContext running(String node) {
        return new FakeContext(node, true, new ConcurrentHashMap<>());
    }

    static FakeContext asking() {
        return new FakeContext("asking", false, new ConcurrentHashMap<>());
    }

    long counted(String name) {
        LongAdder there = counters.get(name);
        return there == null ? 0 : there.sum();
    }

    @Override
    public String name() {
        return "main-redis";
    }

    @Override
    public TimeSource time() {
        return new TimeSource() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        };
    }

    @Override
    public CounterFamily counter(String name, String help, String... labels) {
        return values -> {
            LongAdder sum = counters.computeIfAbsent(name + " " + String.join(" ", values), _ -> new LongAdder());
            return new Counter() {
                @Override
                public void add(long amount) {
                    sum.add(amount);
                }

                @Override
                public long value() {
                    return sum.sum();
                }
            };
        };
    }
}
