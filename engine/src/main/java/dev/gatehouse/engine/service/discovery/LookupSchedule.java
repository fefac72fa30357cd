package dev.gatehouse.engine.service.discovery;

import java.time.Duration;

/// When a name is looked up again. Arithmetic only.
final class LookupSchedule {
    /// A TTL of 0 means "do not keep", and would have us ask all the time.
    static final Duration LEAST = Duration.ofSeconds(1);

    /// A TTL of a day would keep an address that moved for a day.
    static final Duration MOST = Duration.ofMinutes(5);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURES = Duration.ofSeconds(30);

    private int failures;

    /// The name was found: again when its TTL is over, within bounds.
    Duration found(Duration ttl) {
        failures = 0;
        if (ttl.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return ttl.compareTo(MOST) > 0 ? MOST : ttl;
    }

    /// It was not: soon, and less often the longer that lasts.
    Duration failed() {
        failures++;
        Duration next = AFTER_FAILURE.multipliedBy(1L << Math.min(failures - 1, 10));
        return next.compareTo(AFTER_FAILURES) > 0 ? AFTER_FAILURES : next;
    }

    /// Whether the last look-up failed and the one before did not: the moment to say so, once.
    boolean hasJustFailed() {
        return failures == 1;
    }

    boolean isFailing() {
        return failures > 0;
    }
}
