package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.state.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The store for operators, who can wait. Never called by a loop.
final class StoreCalls {
    /// For what has no end of its own.
    static final Duration FOREVER = Duration.ofDays(36_500);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Store store;

    StoreCalls(Store store) {
        this.store = store;
    }

    byte @Nullable [] get(String key) throws IOException {
        return await(store.get(key));
    }

    void put(String key, byte[] value, Duration lasts) throws IOException {
        await(store.put(key, value, lasts));
    }

    boolean putIfAbsent(String key, byte[] value, Duration lasts) throws IOException {
        return await(store.putIfAbsent(key, value, lasts));
    }

    void remove(String key) throws IOException {
        await(store.remove(key));
    }

    /// Those that begin so, at most `limit`, in no order.
    List<String> keys(String prefix, int limit) throws IOException {
        return await(store.keys(prefix, limit));
    }

    /// What stands under keys that begin so, by the rest of the key; asked for all at once. What expires meanwhile
    /// is left out.
    Map<String, byte[]> all(String prefix, int limit) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        values(keys(prefix, limit)).forEach((key, value) -> all.put(key.substring(prefix.length()), value));
        return all;
    }

    /// What stands under these keys, asked for all at once; without those under which there is nothing.
    Map<String, byte[]> values(Collection<String> keys) throws IOException {
        Map<String, CompletionStage<byte @Nullable []>> asked = new LinkedHashMap<>();
        for (String key : keys) {
            asked.put(key, store.get(key));
        }
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (Map.Entry<String, CompletionStage<byte @Nullable []>> one : asked.entrySet()) {
            byte[] value = await(one.getValue());
            if (value != null) {
                all.put(one.getKey(), value);
            }
        }
        return all;
    }

    /// What a stage completes with, soon.
    static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the store cannot be reached: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the store did not answer in " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for the store", e);
        }
    }
}
