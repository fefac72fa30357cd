package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.config.KeyConfig;
import dev.gatehouse.engine.config.Moment;
import dev.gatehouse.engine.config.PlanConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The consumers and plans of one snapshot: those of its file, and through the store those that were made while a
/// gateway ran. A consumer of the file hides one of the store that is called the same. Shared by all loops.
public final class ConsumerDirectory implements Consumers {
    /// Longer texts are no keys, and not worth hashing.
    private static final int LONGEST = 1024;

    private static final CompletionStage<KeyOwner> UNKNOWN = CompletableFuture.completedStage(new KeyOwner.Unknown());

    private final Map<String, Plan> plans;
    private final Map<String, ConsumerConfig> written;
    private final Map<String, Consumer> named = new LinkedHashMap<>();
    private final Map<KeyHash, FileKey> keys = new HashMap<>();
    private final Map<String, FileKey> keysById = new LinkedHashMap<>();
    private final Store store;
    private final StoredKeys stored;
    private final KeyUsage usage;
    private final InstantSource clock;

    /// A key that stands in the file.
    record FileKey(Consumer consumer, KeyConfig config) {}

    /// @param store for what is made while the gateway runs
    /// @param usage which survives reloads
    /// @param clock the time of day
    /// @param nanos for how long answers of the store are remembered
    public ConsumerDirectory(
            Map<String, PlanConfig> plans,
            Map<String, ConsumerConfig> consumers,
            Store store,
            KeyUsage usage,
            InstantSource clock,
            LongSupplier nanos) {
        this.plans = Plans.of(plans);
        this.written = consumers;
        this.store = store;
        this.usage = usage;
        this.clock = clock;
        consumers.forEach((name, config) -> {
            Consumer consumer = consumer(name, config);
            named.put(name, consumer);
            for (KeyConfig key : config.keys()) {
                FileKey known = new FileKey(consumer, key);
                keys.put(KeyHash.ofHex(key.sha256()), known);
                keysById.put(key.id(), known);
            }
        });
        this.stored = new StoredKeys(store, named::get, this::consumer, nanos);
    }

    private Consumer consumer(String name, ConsumerConfig config) {
        return new Consumer(
                name,
                plan(config.plan()),
                new LinkedHashSet<>(config.groups()),
                new LinkedHashSet<>(config.roles()),
                config.addresses());
    }

    private Consumer consumer(StoredConsumer made) {
        return new Consumer(
                made.name(), plan(made.plan()), new LinkedHashSet<>(made.groups()), new LinkedHashSet<>(made.roles()));
    }

    @Override
    public @Nullable Consumer consumer(String name) {
        Consumer known = named.get(name);
        return known == null ? stored.remembered(name) : known;
    }

    @Override
    public @Nullable Plan plan(@Nullable String name) {
        return name == null ? null : plans.get(name);
    }

    @Override
    public CompletionStage<KeyOwner> owner(Exchange exchange, CharSequence key) {
        boolean counts = exchange.mode() == Mode.LIVE;
        return owner(key, counts);
    }

    /// @param counts whether the key is used, not only looked at
    CompletionStage<KeyOwner> owner(CharSequence key, boolean counts) {
        if (key.isEmpty() || key.length() > LONGEST) {
            return UNKNOWN;
        }
        KeyHash hash = KeyHash.of(key);
        FileKey known = keys.get(hash);
        if (known != null) {
            KeyConfig config = known.config();
            return CompletableFuture.completedStage(judged(
                    config.id(), known.consumer(), instant(config.notBefore()), instant(config.expires()), counts));
        }
        if (!ApiKey.isPossible(key)) {
            return UNKNOWN;
        }
        return stored.find(hash).thenApply(found -> judged(found, counts));
    }

    private KeyOwner judged(StoredKeys.Found found, boolean counts) {
        StoredKey key = found.key();
        Consumer consumer = found.consumer();
        if (key == null || consumer == null) {
            return new KeyOwner.Unknown();
        }
        if (found.revoked() != null) {
            return new KeyOwner.Lapsed(key.id(), "revoked " + found.revoked());
        }
        return judged(key.id(), consumer, key.notBefore(), key.expires(), counts);
    }

    private KeyOwner judged(
            String id, Consumer consumer, @Nullable Instant notBefore, @Nullable Instant expires, boolean counts) {
        Instant now = clock.instant();
        if (expires != null && !now.isBefore(expires)) {
            return new KeyOwner.Lapsed(id, "expired " + expires);
        }
        if (notBefore != null && now.isBefore(notBefore)) {
            return new KeyOwner.Lapsed(id, "not valid before " + notBefore);
        }
        if (counts) {
            usage.count(id, now);
        }
        return new KeyOwner.Known(consumer, id, expires);
    }

    private static @Nullable Instant instant(@Nullable Moment moment) {
        return moment == null ? null : moment.instant();
    }

    // ── for operators
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// The plans of the file, in its order.
    public List<Plan> plans() {
        return List.copyOf(plans.values());
    }

    /// The consumers of the file as they were written, in its order.
    Map<String, ConsumerConfig> written() {
        return written;
    }

    /// The keys of the file by their ids.
    Map<String, FileKey> fileKeys() {
        return keysById;
    }

    Store store() {
        return store;
    }

    StoredKeys stored() {
        return stored;
    }

    KeyUsage usage() {
        return usage;
    }

    InstantSource clock() {
        return clock;
    }
}
