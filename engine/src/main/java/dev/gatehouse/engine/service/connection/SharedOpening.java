package dev.gatehouse.engine.service.connection;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A connection that is being opened, and the calls that wait for it: several where it may become HTTP/2, so that a
/// hundred calls at once do not open a hundred connections of which one would do.
final class SharedOpening {
    /// Streams an instance that has not said so allows at least (RFC 9113 §6.5.2 advises no fewer).
    private static final int ASSUMED_STREAMS = 100;

    private final ArrayDeque<Waiter> calls = new ArrayDeque<>();
    private final boolean shared;

    SharedOpening(Waiter first, boolean shared) {
        this.shared = shared;
        calls.addLast(first);
    }

    /// Whether one more call may wait for it.
    boolean hasRoom() {
        return shared && calls.size() < ASSUMED_STREAMS;
    }

    boolean isShared() {
        return shared;
    }

    void join(Waiter waiter) {
        calls.addLast(waiter);
    }

    void leave(Waiter waiter) {
        calls.remove(waiter);
    }

    /// The next call that still waits; null when there is none.
    @Nullable
    Waiter next() {
        for (Waiter waiter = calls.pollFirst(); waiter != null; waiter = calls.pollFirst()) {
            if (waiter.isWaiting()) {
                return waiter;
            }
        }
        return null;
    }
}
