package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.state.SharedState;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// How often and when keys were used last, on this gateway since it started. Survives reloads. Only good keys come
/// here, so there are as many entries as keys; beyond [#MOST] new ones are not counted.
public final class KeyUsage implements SharedState<KeyUsage> {
    static final int MOST = 100_000;

    private final ConcurrentHashMap<String, Used> used = new ConcurrentHashMap<>();

    private static final class Used {
        private final LongAdder requests = new LongAdder();
        private volatile long last;
    }

    void count(String id, Instant now) {
        Used known = used.get(id);
        if (known == null) {
            if (used.size() >= MOST) {
                return;
            }
            known = used.computeIfAbsent(id, _ -> new Used());
        }
        known.requests.increment();
        long millis = now.toEpochMilli();
        if (known.last != millis) {
            known.last = millis; // a store less for what all loops write to
        }
    }

    long requests(String id) {
        Used known = used.get(id);
        return known == null ? 0 : known.requests.sum();
    }

    @Nullable
    Instant lastUsed(String id) {
        Used known = used.get(id);
        return known == null ? null : Instant.ofEpochMilli(known.last);
    }

    /// Nothing is written while somebody only asks.
    @Override
    public KeyUsage peek() {
        return this;
    }
}
