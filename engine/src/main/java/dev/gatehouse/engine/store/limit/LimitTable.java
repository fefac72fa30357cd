package dev.gatehouse.engine.store.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The buckets of many keys, in bounded memory. Safe for threads: a decision holds the monitors of its buckets, always
/// in the order of their keys.
///
/// When it is full, something is forgotten, and what is forgotten begins anew. That must not be a way out of a limit:
///
/// - Which key goes is decided by how often it was asked for lately (W-TinyLFU): a key that comes for the first time
///   does not push out one that came more often. A flood of new keys mostly pushes out itself.
/// - A bucket that is used up is also held apart until it has something left again. Nobody is pushed out of that
/// place: while it is full, nobody else comes in. To fill it, somebody has to use up the limits of tens of
/// thousands of keys, and again and again, as their windows pass.
///
/// Whoever is pushed out at the very moment it is counted loses that one count.
public final class LimitTable {
    /// A key's text, its node in the table, and the table's own knowledge of it, in bytes.
    private static final int WEIGHT_OF_A_KEY = 200;

    private static final int SHARE_OF_THE_EXHAUSTED = 4;

    /// Caffeine spares itself a write for each read: where an entry lasts longer than a second, a read that would
    /// put its end off by a second or less does not. So it may end a second before what was asked for; the same
    /// second is added here, or a bucket would be forgotten while it still counts.
    private static final long TOLERANCE = 1_000_000_000;

    /// Who is held apart is put there again when this part of its time is over, and is kept for as much longer:
    /// what it takes until then counts for its whole time again.
    private static final long HELD_AGAIN = 8;

    private final LongSupplier clock;
    private final LongSupplier timeOfDay;
    private final Cache<String, Kept> buckets;
    private final Cache<String, Kept> exhausted;

    /// @param lasts in nanoseconds, from when it was last asked for
    /// @param weight when it was put there: what grows is put there again
    private record Kept(Bucket bucket, long lasts, int weight) {}

    /// @param maxBytes of all together; about
    /// @param clock in nanoseconds, never back
    /// @param timeOfDay in milliseconds since 1970
    public LimitTable(long maxBytes, LongSupplier clock, LongSupplier timeOfDay) {
        this.clock = clock;
        this.timeOfDay = timeOfDay;
        long apart = maxBytes / SHARE_OF_THE_EXHAUSTED;
        this.buckets =
                cache(maxBytes - apart, clock, Expiry.accessing((_, kept) -> Duration.ofNanos(kept.lasts + TOLERANCE)));
        this.exhausted = cache(
                apart,
                clock,
                Expiry.writing((_, kept) -> Duration.ofNanos(kept.lasts + kept.lasts / HELD_AGAIN + TOLERANCE)));
    }

    private static Cache<String, Kept> cache(long maxBytes, LongSupplier clock, Expiry<String, Kept> expiry) {
        return Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<String, Kept>weigher(LimitTable::weight)
                .expireAfter(expiry)
                .ticker(clock::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /// Takes from all or, when one has not enough left, from none.
    ///
    /// @param wishes with different keys
    /// @return the state of each, in the same order
    public List<LimitState> take(List<LimitTake> wishes) {
        long now = clock.getAsLong();
        if (wishes.size() == 1) {
            LimitTake wish = wishes.getFirst();
            Kept kept = kept(wish);
            Bucket bucket = kept.bucket;
            synchronized (bucket) {
                long then = time(wish.rule(), now);
                boolean enough = bucket.has(wish.rule(), wish.cost(), then);
                if (enough) {
                    bucket.take(wish.rule(), wish.cost(), then);
                }
                return List.of(state(wish, kept, enough, now, then));
            }
        }
        Kept[] kept = new Kept[wishes.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = kept(wishes.get(i));
        }
        LimitState[] states = new LimitState[kept.length];
        takeTogether(wishes, kept, inOrderOfKeys(wishes), 0, now, states);
        return List.of(states);
    }

    /// Takes one monitor after the other, and decides when it has all of them.
    private void takeTogether(
            List<LimitTake> wishes, Kept[] kept, int[] order, int locked, long now, LimitState[] states) {
        if (locked < order.length) {
            synchronized (kept[order[locked]].bucket) {
                takeTogether(wishes, kept, order, locked + 1, now, states);
            }
            return;
        }
        boolean[] enough = new boolean[order.length];
        boolean all = true;
        for (int i = 0; i < order.length; i++) {
            LimitTake wish = wishes.get(i);
            enough[i] = kept[i].bucket.has(wish.rule(), wish.cost(), time(wish.rule(), now));
            all &= enough[i];
        }
        for (int i = 0; i < order.length; i++) {
            LimitTake wish = wishes.get(i);
            long then = time(wish.rule(), now);
            if (all) {
                kept[i].bucket.take(wish.rule(), wish.cost(), then);
            }
            states[i] = state(wish, kept[i], enough[i], now, then);
        }
    }

    private static int[] inOrderOfKeys(List<LimitTake> wishes) {
        int[] order = new int[wishes.size()];
        for (int i = 0; i < order.length; i++) {
            int at = i;
            while (at > 0
                    && wishes.get(order[at - 1]).key().compareTo(wishes.get(i).key()) > 0) {
                order[at] = order[--at];
            }
            order[at] = i;
        }
        return order;
    }

    private Kept kept(LimitTake wish) {
        Kept kept = buckets.getIfPresent(wish.key());
        if (kept != null && kept.bucket.fits(wish.rule())) {
            return kept;
        }
        return buckets.asMap().compute(wish.key(), (key, there) -> {
            Kept found = there == null ? exhausted.getIfPresent(key) : there;
            return found != null && found.bucket.fits(wish.rule()) ? found : fresh(wish.rule());
        });
    }

    private static Kept fresh(LimitRule rule) {
        Bucket bucket = Bucket.of(rule);
        return new Kept(bucket, bucket.lasts(rule), bucket.weight());
    }

    /// The state after a decision; sees to it that the table knows how large the bucket is now, and how long it
    /// lasts.
    private LimitState state(LimitTake wish, Kept kept, boolean enough, long now, long then) {
        Bucket bucket = kept.bucket;
        LimitState state = bucket.state(wish.rule(), enough, wish.cost(), then);
        long lasts = bucket.lasts(wish.rule());
        if (bucket.weight() != kept.weight || lasts != kept.lasts) {
            buckets.put(wish.key(), new Kept(bucket, lasts, bucket.weight()));
        }
        if (state.remaining() < Math.max(1, wish.cost()) && (!bucket.isHeld || now - bucket.heldUntil >= 0)) {
            bucket.isHeld = hold(wish.key(), new Kept(bucket, lasts, bucket.weight()));
            bucket.heldUntil = now + lasts / HELD_AGAIN;
        }
        return state;
    }

    /// Keeps it apart, if there is room.
    private boolean hold(String key, Kept kept) {
        if (!hasRoom(key, kept)) {
            exhausted.cleanUp();
            if (!hasRoom(key, kept)) {
                return false;
            }
        }
        exhausted.put(key, kept);
        return true;
    }

    private boolean hasRoom(String key, Kept kept) {
        return exhausted.policy().eviction().stream()
                .allMatch(bound -> bound.weightedSize().orElse(0) + weight(key, kept) <= bound.getMaximum());
    }

    private static int weight(String key, Kept kept) {
        return WEIGHT_OF_A_KEY + key.length() + kept.weight;
    }

    /// What [#take] would say, with nothing taken.
    public List<LimitState> look(List<LimitTake> wishes) {
        long now = clock.getAsLong();
        List<Bucket> copies = new ArrayList<>(wishes.size());
        boolean all = true;
        for (LimitTake wish : wishes) {
            Bucket copy = copy(wish);
            copies.add(copy);
            all &= copy.has(wish.rule(), wish.cost(), time(wish.rule(), now));
        }
        LimitState[] states = new LimitState[copies.size()];
        for (int i = 0; i < states.length; i++) {
            LimitTake wish = wishes.get(i);
            long then = time(wish.rule(), now);
            boolean enough = copies.get(i).has(wish.rule(), wish.cost(), then);
            if (all) {
                copies.get(i).take(wish.rule(), wish.cost(), then);
            }
            states[i] = copies.get(i).state(wish.rule(), enough, wish.cost(), then);
        }
        return List.of(states);
    }

    private Bucket copy(LimitTake wish) {
        Kept kept = find(wish.key());
        if (kept == null || !kept.bucket.fits(wish.rule())) {
            return Bucket.of(wish.rule());
        }
        synchronized (kept.bucket) {
            return kept.bucket.copy();
        }
    }

    private @Nullable Kept find(String key) {
        Kept kept = buckets.getIfPresent(key);
        return kept == null ? exhausted.getIfPresent(key) : kept;
    }

    /// Gives leases back.
    public void giveBack(List<LimitTake> taken) {
        long now = clock.getAsLong();
        for (LimitTake one : taken) {
            Kept kept = one.rule() instanceof LimitRule.Concurrency ? find(one.key()) : null;
            if (kept != null) {
                synchronized (kept.bucket) {
                    kept.bucket.giveBack(one.cost(), now);
                }
            }
        }
    }

    /// Lets a key begin anew.
    ///
    /// @return whether anything was counted for it
    public boolean remove(String key) {
        boolean held = exhausted.asMap().remove(key) != null;
        return buckets.asMap().remove(key) != null || held;
    }

    /// The keys something is counted for. Looks at all of them.
    public Stream<String> keys() {
        return Stream.concat(
                buckets.asMap().keySet().stream(),
                exhausted.asMap().keySet().stream()
                        .filter(key -> !buckets.asMap().containsKey(key)));
    }

    private long time(LimitRule rule, long now) {
        return rule instanceof LimitRule.Calendar ? timeOfDay.getAsLong() * Bucket.NANOS_PER_MILLI : now;
    }
}
