package dev.gatehouse.engine.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import java.time.Duration;
import java.util.List;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A store as `explain` sees it: what is there shines through, what is written stays here. Nothing expires in the
/// short life of it. For one thread.
final class PeekedStore implements Store {
    private final Store below;

    /// Empty for a key that was removed.
    private final Map<String, Optional<byte[]>> written = new HashMap<>();

    PeekedStore(Store below) {
        this.below = below;
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        Optional<byte[]> mine = written.get(key);
        return mine == null ? below.get(key) : CompletableFuture.completedStage(mine.orElse(null));
    }

    @Override
    public CompletionStage<Void> put(String key, byte[] value, Duration lasts) {
        written.put(key, Optional.of(value.clone()));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts) {
        return get(key).thenApply(there -> {
            if (there != null) {
                return false;
            }
            written.put(key, Optional.of(value.clone()));
            return true;
        });
    }

    @Override
    public CompletionStage<Long> add(String key, long amount, Duration lasts) {
        return get(key).thenApply(there -> {
            long sum = (there == null ? 0 : Long.parseLong(new String(there, US_ASCII))) + amount;
            written.put(key, Optional.of(Long.toString(sum).getBytes(US_ASCII)));
            return sum;
        });
    }

    @Override
    public CompletionStage<Boolean> remove(String key) {
        return get(key).thenApply(there -> {
            written.put(key, Optional.empty());
            return there != null;
        });
    }

    @Override
    public Store peek() {
        return new PeekedStore(this);
    }

    @Override
    public CompletionStage<List<String>> keys(String prefix, int limit) {
        return below.keys(prefix, limit);
    }

    @Override
    public CompletionStage<List<LimitState>> take(List<LimitTake> wishes) {
        throw new UnsupportedOperationException("limits");
    }

    @Override
    public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        throw new UnsupportedOperationException("limits");
    }

    @Override
    public void giveBack(List<LimitTake> taken) {
        throw new UnsupportedOperationException("limits");
    }
}
