package dev.gatehouse.engine.net;

import java.util.concurrent.TimeUnit;

/// Asks a loop ten times a second to do nothing, and tells how late it came to that. A loop that has nothing else
/// to do is awake for about a thousandth of its time because of it: 1.4 ms a second in a process just started.
///
/// Ends with its loop, which forgets what is scheduled when it stops.
public final class LoopWatch {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

    /// Who wants to know; told on the loop's thread.
    @FunctionalInterface
    public interface Listener {
        /// @param loop its number
        /// @param due when the task was to run, on the loop's clock
        /// @param next when it is to run again
        void ran(int loop, long due, long next);
    }

    private final Loop loop;
    private final Listener listener;
    private long due;

    private LoopWatch(Loop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /// From now on. Any thread.
    public static void start(Loop loop, Listener listener) {
        loop.execute(new LoopWatch(loop, listener)::next);
    }

    private void next() {
        due = loop.now() + PERIOD;
        loop.eventLoop().schedule(this::ran, PERIOD, TimeUnit.NANOSECONDS);
    }

    private void ran() {
        long was = due;
        next();
        listener.ran(loop.index(), was, due);
    }
}
