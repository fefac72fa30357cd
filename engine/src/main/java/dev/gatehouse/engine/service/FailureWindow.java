package dev.gatehouse.engine.service;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/// How many of the requests of the last while failed. The while is cut into ten; the oldest tenth is forgotten when a
/// new one begins. Shared by all loops, without a lock: a request counted just as its tenth is wiped may be lost.
public final class FailureWindow {
    private static final int PARTS = 10;

    private final long nanos;
    private final long part;
    private final AtomicLongArray begun = new AtomicLongArray(PARTS);
    private final AtomicIntegerArray requests = new AtomicIntegerArray(PARTS);
    private final AtomicIntegerArray failures = new AtomicIntegerArray(PARTS);

    /// @param nanos how far it looks back
    public FailureWindow(long nanos) {
        this.nanos = nanos;
        this.part = nanos / PARTS;
        for (int i = 0; i < PARTS; i++) {
            begun.set(i, Long.MIN_VALUE);
        }
    }

    public long nanos() {
        return nanos;
    }

    public void count(boolean failed, long now) {
        long number = Math.floorDiv(now, part);
        int at = (int) Math.floorMod(number, (long) PARTS);
        long was = begun.get(at);
        if (was != number && begun.compareAndSet(at, was, number)) {
            requests.set(at, 0);
            failures.set(at, 0);
        }
        requests.incrementAndGet(at);
        if (failed) {
            failures.incrementAndGet(at);
        }
    }

    public int requests(long now) {
        return sum(requests, now);
    }

    public int failures(long now) {
        return sum(failures, now);
    }

    public void clear() {
        for (int i = 0; i < PARTS; i++) {
            begun.set(i, Long.MIN_VALUE);
        }
    }

    private int sum(AtomicIntegerArray counts, long now) {
        long oldest = Math.floorDiv(now, part) - PARTS;
        int sum = 0;
        for (int i = 0; i < PARTS; i++) {
            if (begun.get(i) > oldest) {
                sum += counts.get(i);
            }
        }
        return sum;
    }
}
