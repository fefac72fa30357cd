package dev.gatehouse.engine.service;

import java.util.concurrent.atomic.AtomicInteger;

/// How many connections to one service may be open, and how many exchanges may wait for one: counted for the whole
/// gateway, so that the limits mean the same on two cores and on sixty-four. Shared by all loops; touched only when
/// a connection is opened, closed or waited for, never when one is used again.
public final class ConnectionBudget {
    private final int maxOpen;
    private final int maxWaiting;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    ConnectionBudget(int maxOpen, int maxWaiting) {
        this.maxOpen = maxOpen;
        this.maxWaiting = maxWaiting;
    }

    /// Takes the right to open one connection, if there is one left.
    public boolean tryOpen() {
        return tryTake(open, maxOpen);
    }

    /// Gives that right back.
    public void closed() {
        open.decrementAndGet();
    }

    /// Takes a place in the queue, if there is one left.
    public boolean tryWait() {
        return tryTake(waiting, maxWaiting);
    }

    /// Gives that place back.
    public void waited() {
        waiting.decrementAndGet();
    }

    public int open() {
        return open.get();
    }

    public int waiting() {
        return waiting.get();
    }

    private static boolean tryTake(AtomicInteger taken, int max) {
        while (true) {
            int now = taken.get();
            if (now >= max) {
                return false;
            }
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }
}
