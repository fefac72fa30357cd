package dev.gatehouse.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The store for somebody who only asks: what is there shines through, what is written stays here. What was taken here
/// counts for what is asked here next. Nothing expires in the short life of it. For one thread.
final class PeekedRedis implements Store {
    private final Store below;

    /// Empty for a key that was removed.
    private final Map<String, Optional<byte[]>> written = new HashMap<>();

    private final Map<String, Long> taken = new HashMap<>();

    PeekedRedis(Store below) {
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
    public CompletionStage<List<String>> keys(String prefix, int limit) {
        return below.keys(prefix, limit);
    }

    @Override
    public CompletionStage<List<LimitState>> take(List<LimitTake> wishes) {
        return look(wishes).thenApply(states -> {
            if (states.stream().allMatch(LimitState::allowed)) {
                wishes.forEach(wish -> taken.merge(wish.key(), wish.cost(), Long::sum));
            }
            return states;
        });
    }

    @Override
    public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        return below.look(wishes.stream()
                .map(wish -> new LimitTake(wish.rule(), wish.key(), wish.cost() + taken.getOrDefault(wish.key(), 0L)))
                .toList());
    }

    @Override
    public void giveBack(List<LimitTake> given) {
        given.forEach(one -> taken.computeIfPresent(one.key(), (_, cost) -> Math.max(0, cost - one.cost())));
    }

    @Override
    public int nodes() {
        return below.nodes();
    }

    @Override
    public boolean isUp() {
        return below.isUp();
    }

    @Override
    public Store peek() {
        return new PeekedRedis(this);
    }
}
