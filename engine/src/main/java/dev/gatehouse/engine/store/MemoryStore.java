package dev.gatehouse.engine.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.store.limit.LimitTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The store of a gateway that has no other: bounded memory of this process. What was asked for least is forgotten
/// first when it is full; for limits see [LimitTable]. Every stage it gives is complete.
public final class MemoryStore implements Store {
    /// All keys and values together, in bytes; about.
    private static final long MAX_WEIGHT = 64L << 20;

    private static final int WEIGHT_OF_AN_ENTRY = 96;

    /// What limits count, beside that.
    private static final long MAX_WEIGHT_OF_LIMITS = 64L << 20;

    private final Cache<String, Entry> entries;
    private final LimitTable limits;
    private final LongSupplier clock;

    /// @param value null for a number
    @SuppressWarnings("ArrayRecordComponent") // nobody compares entries
    private record Entry(byte @Nullable [] value, long number, long expires) {
        byte[] octets() {
            return value == null ? Long.toString(number).getBytes(US_ASCII) : value;
        }
    }

    /// For those who know no time of day: it is the clock's, from 1970 on.
    ///
    /// @param clock in nanoseconds, never back
    public MemoryStore(LongSupplier clock) {
        this(clock, () -> clock.getAsLong() / 1_000_000);
    }

    /// @param clock in nanoseconds, never back
    /// @param timeOfDay in milliseconds since 1970, for limits that go by the calendar
    public MemoryStore(LongSupplier clock, LongSupplier timeOfDay) {
        this.clock = clock;
        this.limits = new LimitTable(MAX_WEIGHT_OF_LIMITS, clock, timeOfDay);
        this.entries = Caffeine.newBuilder()
                .maximumWeight(MAX_WEIGHT)
                .<String, Entry>weigher((key, entry) ->
                        WEIGHT_OF_AN_ENTRY + 2 * key.length() + (entry.value == null ? 0 : entry.value.length))
                .expireAfter(Expiry.<String, Entry>creating((key, entry) -> left(entry)))
                .ticker(clock::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    private Duration left(Entry entry) {
        return Duration.ofNanos(Math.max(1, entry.expires - clock.getAsLong()));
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        Entry entry = entries.getIfPresent(key);
        return CompletableFuture.completedStage(entry == null ? null : entry.octets());
    }

    @Override
    public CompletionStage<Void> put(String key, byte[] value, Duration lasts) {
        entries.invalidate(key);
        entries.put(key, new Entry(value.clone(), 0, until(lasts)));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts) {
        Entry entry = new Entry(value.clone(), 0, until(lasts));
        return CompletableFuture.completedStage(entries.asMap().putIfAbsent(key, entry) == null);
    }

    @Override
    public CompletionStage<Boolean> prolong(String key, Duration lasts) {
        boolean there = entries.getIfPresent(key) != null;
        entries.policy().expireVariably().orElseThrow().setExpiresAfter(key, lasts);
        return CompletableFuture.completedStage(there);
    }

    @Override
    public CompletionStage<Long> add(String key, long amount, Duration lasts) {
        Entry after = entries.asMap()
                .compute(
                        key,
                        (_, before) -> before == null
                                ? new Entry(null, amount, until(lasts))
                                : new Entry(null, numberOf(key, before) + amount, before.expires));
        return CompletableFuture.completedStage(after == null ? amount : after.number);
    }

    private static long numberOf(String key, Entry entry) {
        if (entry.value != null) {
            throw new IllegalStateException("'" + key + "' holds a value, not a number");
        }
        return entry.number;
    }

    @Override
    public CompletionStage<Boolean> remove(String key) {
        boolean counted = limits.remove(key);
        return CompletableFuture.completedStage(entries.asMap().remove(key) != null || counted);
    }

    private long until(Duration lasts) {
        return clock.getAsLong() + Math.max(lasts.toNanos(), 1_000_000);
    }

    @Override
    public CompletionStage<List<String>> keys(String prefix, int limit) {
        return CompletableFuture.completedStage(Stream.concat(entries.asMap().keySet().stream(), limits.keys())
                .filter(key -> key.startsWith(prefix))
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<List<LimitState>> take(List<LimitTake> wishes) {
        return CompletableFuture.completedFuture(limits.take(wishes));
    }

    @Override
    public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        return CompletableFuture.completedFuture(limits.look(wishes));
    }

    @Override
    public void giveBack(List<LimitTake> taken) {
        limits.giveBack(taken);
    }
}
