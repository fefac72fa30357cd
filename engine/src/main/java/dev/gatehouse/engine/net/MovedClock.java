package dev.gatehouse.engine.net;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that stands until somebody moves it on: the time of day and the nanoseconds of a loop in one. For one
/// thread.
public final class MovedClock implements LongSupplier, InstantSource {
    private final Instant begin;
    private long nanos;

    /// @param begin what time it is until it is moved
    public MovedClock(Instant begin) {
        this.begin = begin;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanos);
    }

    public void advance(Duration time) {
        nanos += time.toNanos();
    }
}
