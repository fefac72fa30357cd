package dev.gatehouse.policy.auth;

import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// A clock that is moved by hand.
public final class TestClock implements TimeSource {
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private Instant now = START;

    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return Duration.between(START, now).toNanos();
    }
}
