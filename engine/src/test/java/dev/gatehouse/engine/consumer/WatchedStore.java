package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.store.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Memory that counts how often it is asked for a value, and can be slow or down.
final class WatchedStore implements Store {
    final AtomicInteger gets = new AtomicInteger();

    /// While it is set, values come when it is completed.
    volatile @Nullable CompletableFuture<Void> gate;

    volatile boolean down;

    private final MemoryStore memory;

    WatchedStore(LongSupplier nanos) {
        memory = new MemoryStore(nanos);
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        gets.incrementAndGet();
        if (down) {
            return CompletableFuture.failedStage(new IOException("the store is down"));
        }
        CompletableFuture<Void> held = gate;
        return held == null ? memory.get(key) : held.thenCompose(_ -> memory.get(key));
    }

    @Override
    public CompletionStage<Void> put(String key, byte[] value, Duration lasts) {
        return down
                ? CompletableFuture.failedStage(new IOException("the store is down"))
                : memory.put(key, value, lasts);
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts) {
        return memory.putIfAbsent(key, value, lasts);
    }

    @Override
    public CompletionStage<Boolean> prolong(String key, Duration lasts) {
        return memory.prolong(key, lasts);
    }

    @Override
    public CompletionStage<Long> add(String key, long amount, Duration lasts) {
        return memory.add(key, amount, lasts);
    }

    @Override
    public CompletionStage<Boolean> remove(String key) {
        return memory.remove(key);
    }

    @Override
    public CompletionStage<List<String>> keys(String prefix, int limit) {
        return memory.keys(prefix, limit);
    }

    @Override
    public CompletionStage<List<LimitState>> take(List<LimitTake> wishes) {
        return memory.take(wishes);
    }

    @Override
    public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        return memory.look(wishes);
    }

    @Override
    public void giveBack(List<LimitTake> taken) {
        memory.giveBack(taken);
    }

    @Override
    public Store peek() {
        return memory.peek();
    }
}
