package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.identity.Consumers.KeyOwner;
import dev.gatehouse.api.limit.Rate;
import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.config.KeyConfig;
import dev.gatehouse.engine.config.Moment;
import dev.gatehouse.engine.config.PlanConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A directory with its desks, a watched store and a clock that is moved by hand.
final class Reception {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final PlanConfig FREE = new PlanConfig(Rate.of("60/min"), Rate.of("10_000/month"), 10, Map.of());

    private Instant now = NOON;
    final WatchedStore store = new WatchedStore(() -> nanos(now));
    final KeyUsage usage = new KeyUsage();
    final ConsumerDirectory directory;
    final KeyDesk keys;
    final ConsumerDesk consumers;

    private Reception(Map<String, ConsumerConfig> consumers) {
        directory = new ConsumerDirectory(Map.of("free", FREE), consumers, store, usage, () -> now, () -> nanos(now));
        keys = new KeyDesk(directory, ApiKey.PREFIX, new SecureRandom());
        this.consumers = new ConsumerDesk(directory);
    }

    private static long nanos(Instant now) {
        return Duration.between(NOON, now).toNanos();
    }

    /// With `acme` in the file, on the plan `free`.
    static Reception withAcme(KeyConfig... keys) {
        Map<String, ConsumerConfig> consumers = new LinkedHashMap<>();
        consumers.put("acme", new ConsumerConfig("free", null, List.of("partners"), List.of(), List.of(keys), null));
        return new Reception(consumers);
    }

    static KeyConfig key(String id, String text, @Nullable String notBefore, @Nullable String expires) {
        return new KeyConfig(
                id,
                KeyHash.of(text).hex(),
                expires == null ? null : Moment.of(expires),
                notBefore == null ? null : Moment.of(notBefore));
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /// As a request asks.
    KeyOwner owner(CharSequence key) {
        return directory.owner(key, true).toCompletableFuture().join();
    }
}
