package dev.gatehouse.policy.ratelimit;

import java.util.concurrent.atomic.AtomicLong;

/// Whether a store is worth asking. After a failure it is left alone for a moment; then one request asks, and the
/// others go on without it until that one has had an answer. So a store that is down makes two requests in a
/// second wait, and is found again within half a second. Safe for threads.
final class StoreCircuit {
    /// How long it is left alone, in nanoseconds.
    static final long PAUSE = 500_000_000;

    private static final long UP = 0;

    /// When somebody may ask again.
    private final AtomicLong nextAt = new AtomicLong(UP);

    /// @param now in nanoseconds
    boolean mayAsk(long now) {
        long at = nextAt.get();
        return at == UP || (now - at >= 0 && nextAt.compareAndSet(at, after(now)));
    }

    void answered() {
        if (nextAt.get() != UP) {
            nextAt.set(UP);
        }
    }

    void failed(long now) {
        nextAt.set(after(now));
    }

    private static long after(long now) {
        return (now + PAUSE) | 1;
    }
}
