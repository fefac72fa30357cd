package dev.gatehouse.engine.consumer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.state.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keys in the store, by their hash. What was found, or not, is remembered for some seconds, so that a busy key costs
/// a call now and then, and a flood of made-up ones no memory; those who ask for the same key at the same moment share
/// one call. So what is changed on another gateway holds here after those seconds at most.
final class StoredKeys {
    /// How long an answer is remembered.
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int MOST = 50_000;

    private final Store store;
    private final Function<StoredConsumer, Consumer> maker;
    private final Function<String, @Nullable Consumer> inFile;
    private final Cache<KeyHash, CompletableFuture<Found>> found;
    private final Cache<String, Consumer> consumers;

    /// @param key null when the store has none
    /// @param revoked when it was taken back; null while it was not
    /// @param consumer whose it is; null when there is none of this name any more
    record Found(
            @Nullable StoredKey key,
            @Nullable Instant revoked,
            @Nullable Consumer consumer) {
        static final Found NOTHING = new Found(null, null, null);
    }

    /// @param inFile consumers of the file, by name
    /// @param maker of consumers that are not in the file
    /// @param clock in nanoseconds
    StoredKeys(
            Store store,
            Function<String, @Nullable Consumer> inFile,
            Function<StoredConsumer, Consumer> maker,
            LongSupplier clock) {
        this.store = store;
        this.inFile = inFile;
        this.maker = maker;
        this.found = remembering(clock).build();
        this.consumers = remembering(clock).build();
    }

    private static Caffeine<Object, Object> remembering(LongSupplier clock) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(clock::getAsLong)
                .executor(Runnable::run);
    }

    /// Fails with an [java.io.IOException] when the store cannot be reached; that is not remembered.
    CompletionStage<Found> find(KeyHash hash) {
        CompletableFuture<Found> known = found.getIfPresent(hash);
        if (known != null) {
            return known;
        }
        CompletableFuture<Found> mine = new CompletableFuture<>();
        CompletableFuture<Found> first = found.asMap().putIfAbsent(hash, mine);
        if (first != null) {
            return first;
        }
        ask(hash).whenComplete((answer, failure) -> {
            if (failure == null) {
                mine.complete(answer);
            } else {
                found.asMap().remove(hash, mine);
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private CompletionStage<Found> ask(KeyHash hash) {
        try {
            return store.get(StoredKey.KEYS + hash.hex()).thenCompose(octets -> {
                if (octets == null) {
                    return CompletableFuture.completedStage(Found.NOTHING);
                }
                StoredKey key = StoredKey.of(octets);
                return store.get(StoredKey.REVOKED + hash.hex())
                        .thenCompose(revoked -> found(key, revoked == null ? null : StoredKey.revoked(revoked)));
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<Found> found(StoredKey key, @Nullable Instant revoked) {
        Consumer known = inFile.apply(key.consumer());
        if (known != null) {
            return CompletableFuture.completedStage(new Found(key, revoked, known));
        }
        return store.get(StoredConsumer.CONSUMERS + key.consumer())
                .thenApply(octets -> new Found(key, revoked, octets == null ? null : consumer(octets)));
    }

    private Consumer consumer(byte[] octets) {
        Consumer made = maker.apply(StoredConsumer.of(octets));
        consumers.put(made.name(), made);
        return made;
    }

    /// A consumer of the store that was met a moment ago.
    @Nullable
    Consumer remembered(String name) {
        return consumers.getIfPresent(name);
    }

    /// It was changed here: the next who asks gets what the store says then.
    void forget(KeyHash hash) {
        found.invalidate(hash);
    }

    void forgetConsumer(String name) {
        consumers.invalidate(name);
        found.invalidateAll();
    }
}
