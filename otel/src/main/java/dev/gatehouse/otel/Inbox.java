package dev.gatehouse.otel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Exchanges of one loop on their way to the delivery: the loop puts in, one other thread takes out, nobody waits.
/// A slot that is empty is the writer's, a full one the reader's.
final class Inbox {
    private final AtomicReferenceArray<@Nullable SeenExchange> slots;
    private final int mask;

    /// Of the loop.
    private int next;

    /// Of the delivery.
    private int oldest;

    /// @param capacity how many may wait, rounded up to a power of two
    Inbox(int capacity) {
        int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        slots = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /// Whether there was a place for it.
    boolean offer(SeenExchange exchange) {
        if (slots.getAcquire(next & mask) != null) {
            return false;
        }
        slots.setRelease(next & mask, exchange);
        next++;
        return true;
    }

    /// Whether what was put in half a round ago is still there. Asked by the writer.
    boolean isHalfFull() {
        return slots.getAcquire((next + (mask >> 1)) & mask) != null;
    }

    /// The one that waits longest; null when none does.
    @Nullable
    SeenExchange poll() {
        SeenExchange exchange = slots.getAcquire(oldest & mask);
        if (exchange != null) {
            slots.setRelease(oldest & mask, null);
            oldest++;
        }
        return exchange;
    }
}
