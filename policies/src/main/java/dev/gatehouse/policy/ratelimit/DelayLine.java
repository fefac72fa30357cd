package dev.gatehouse.policy.ratelimit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Those who wait for their turn: so many, each for so long. Shared by all loops.
final class DelayLine {
    /// Nobody waits.
    static final DelayLine NONE = new DelayLine(Duration.ZERO, 0);

    private final long patienceNanos;
    private final int places;
    private final AtomicInteger taken = new AtomicInteger();

    DelayLine(Duration patience, int places) {
        this.patienceNanos = patience.toNanos();
        this.places = places;
    }

    /// How long one waits at most, in nanoseconds.
    long patience() {
        return patienceNanos;
    }

    /// Takes a place, if there is one; it is to be left again.
    boolean enter() {
        if (taken.get() >= places) {
            return false;
        }
        if (taken.incrementAndGet() > places) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        taken.decrementAndGet();
    }
}
