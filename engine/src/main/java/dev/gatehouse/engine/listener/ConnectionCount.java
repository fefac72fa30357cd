package dev.gatehouse.engine.listener;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Client connections open now: those of one listener, or of all. Shared by the loops; touched when a connection opens
/// and closes, never between.
public final class ConnectionCount {
    private final AtomicInteger open = new AtomicInteger();
    private final @Nullable ConnectionCount all;
    private volatile int max;

    /// @param max how many there may be, whoever asks
    /// @param all of which these are a part
    public ConnectionCount(int max, @Nullable ConnectionCount all) {
        this.max = max;
        this.all = all;
    }

    /// From now on there may be so many; those that are open stay.
    public void limit(int connections) {
        max = connections;
    }

    /// Counts one more.
    ///
    /// @param limit how many there may be here for this caller
    /// @return whether there was room
    boolean tryOpen(int limit) {
        if (open.incrementAndGet() > Math.min(limit, max)) {
            open.decrementAndGet();
            return false;
        }
        if (all != null && !all.tryOpen(Integer.MAX_VALUE)) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void closed() {
        open.decrementAndGet();
        if (all != null) {
            all.closed();
        }
    }

    public int get() {
        return open.get();
    }
}
