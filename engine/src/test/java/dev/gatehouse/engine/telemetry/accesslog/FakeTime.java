package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// A clock a test moves.
final class FakeTime implements TimeSource {
    private Instant now;
    private long nanos;

    FakeTime(String now) {
        this.now = Instant.parse(now);
    }

    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
