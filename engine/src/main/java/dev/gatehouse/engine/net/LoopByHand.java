package dev.gatehouse.engine.net;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A loop that has no thread: it goes on when somebody turns it, and its timers follow a clock that somebody moves.
/// What happens on it happens in the same order every time. Belongs to the thread that made it; holds nothing that
/// has to be given back.
public final class LoopByHand {
    private final ManualIoEventLoop eventLoop;
    private final Loop loop;

    /// @param clock in nanoseconds
    public LoopByHand(LongSupplier clock) {
        this.eventLoop = new ManualIoEventLoop(
                null, Thread.currentThread(), LocalIoHandler.newFactory(), new ClockTicker(clock));
        this.loop = Loop.detached(eventLoop, clock);
    }

    /// Asks the clock.
    private record ClockTicker(LongSupplier clock) implements Ticker {
        @Override
        public long initialNanoTime() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return clock.getAsLong();
        }

        @Override
        public void sleep(long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("nobody waits on this loop");
        }
    }

    public Loop loop() {
        return loop;
    }

    /// Does what is to be done by now, and what comes of it.
    public void turn() {
        int done;
        do {
            done = eventLoop.runNow();
        } while (done > 0);
    }
}
