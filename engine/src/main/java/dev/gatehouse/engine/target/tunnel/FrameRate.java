package dev.gatehouse.engine.target.tunnel;

import java.util.concurrent.TimeUnit;

/// Frames one side may send in a second. A second's worth may come at once; after that they come at the rate
/// (generic cell rate algorithm).
final class FrameRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private long due;

    /// @param perSecond at least 1
    /// @param now in nanoseconds
    FrameRate(int perSecond, long now) {
        interval = SECOND / perSecond;
        due = now;
    }

    /// One more frame.
    ///
    /// @return whether it is within the rate
    boolean take(long now) {
        long from = due - now < 0 ? now : due;
        if (from - now > SECOND - interval) {
            return false;
        }
        due = from + interval;
        return true;
    }
}
