package dev.gatehouse.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// Tells those who wait that their time is over. All wait equally long, so who came first is due first: one timer does
/// for all of them, and runs only while somebody waits.
final class Deadlines {
    private final LongSupplier clock;
    private final LongConsumer timer;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean timed = new AtomicBoolean();

    /// Somebody who waits.
    interface Waiting {
        /// In nanoseconds of the clock.
        long due();

        boolean isDone();

        /// Its time is over. It may be done by now.
        void expire();
    }

    /// @param clock in nanoseconds
    /// @param timer is told in how many nanoseconds [#sweep] is to be called, once
    Deadlines(LongSupplier clock, LongConsumer timer) {
        this.clock = clock;
        this.timer = timer;
    }

    /// On any thread.
    void add(Waiting one) {
        waiting.add(one);
        wake();
    }

    private void wake() {
        Waiting first = waiting.peek();
        if (first != null && timed.compareAndSet(false, true)) {
            timer.accept(Math.max(0, first.due() - clock.getAsLong()));
        }
    }

    /// The timer's: expires who is due, forgets who is done.
    void sweep() {
        long now = clock.getAsLong();
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            if (!first.isDone()) {
                if (first.due() - now > 0) {
                    break;
                }
                first.expire();
            }
            waiting.poll();
        }
        timed.set(false);
        wake();
    }
}
