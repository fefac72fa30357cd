package dev.gatehouse.api.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Any store as somebody sees it who only asks, such as `explain`: what is there shines through, what is written stays
/// here. What was taken here counts for what is asked here next. Nothing expires in the short life of it. For one
/// thread.
final class PeekedStore implements Store {
    private final Store below;

    /// Empty for a key that was removed.
    private final Map<String, Optional<byte[]>> written = new HashMap<>();

    /// By key, what was taken from its limit.
    private final Map<String, Long> taken = new HashMap<>();

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
    public CompletionStage<Boolean> prolong(String key, Duration lasts) {
        return get(key).thenApply(there -> there != null);
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

    /// Asks for what was taken here as well.
    @Override
    public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        List<LimitTake> more = wishes.stream()
                .map(wish -> new LimitTake(wish.rule(), wish.key(), wish.cost() + taken.getOrDefault(wish.key(), 0L)))
                .toList();
        return below.look(more).thenApply(states -> {
            boolean all = states.stream().allMatch(LimitState::allowed);
            return all ? states : without(states, wishes);
        });
    }

    /// Where nothing was taken below, what was taken here is still to be left out.
    private List<LimitState> without(List<LimitState> states, List<LimitTake> wishes) {
        List<LimitState> own = new ArrayList<>(states.size());
        for (int i = 0; i < states.size(); i++) {
            LimitState state = states.get(i);
            long mine = taken.getOrDefault(wishes.get(i).key(), 0L);
            own.add(new LimitState(
                    state.allowed(), Math.max(0, state.remaining() - mine), state.resetMillis(), state.retryMillis()));
        }
        return own;
    }

    @Override
    public void giveBack(List<LimitTake> back) {
        for (LimitTake one : back) {
            if (one.rule() instanceof LimitRule.Concurrency) {
                taken.computeIfPresent(one.key(), (_, before) -> before <= one.cost() ? null : before - one.cost());
            }
        }
    }

    @Override
    public int nodes() {
        return below.nodes();
    }

    @Override
    public boolean isUp() {
        return below.isUp();
    }
}
