package dev.gatehouse.api.time;

import java.time.Instant;

/// The time: a clock's in a running gateway, whatever a test says in a test.
public interface TimeSource {
    /// The time of day.
    Instant now();

    /// Nanoseconds from some moment on, never back: for measuring how long.
    long nanos();
}
