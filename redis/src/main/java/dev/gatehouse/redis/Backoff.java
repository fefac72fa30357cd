package dev.gatehouse.redis;

import java.util.random.RandomGenerator;

/// How long to wait before a server is tried again: nothing after it was there, then longer each time, but never so
/// long that it is back for two seconds unnoticed. Spread by chance, so that many gateways do not come at once.
final class Backoff {
    private static final long FIRST_MILLIS = 50;
    private static final long MOST_MILLIS = 500;

    private final RandomGenerator chance;
    private int failures;

    Backoff(RandomGenerator chance) {
        this.chance = chance;
    }

    void succeeded() {
        failures = 0;
    }

    /// @return in milliseconds
    long next() {
        if (failures++ == 0) {
            return 0;
        }
        long longest = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures - 2, 8));
        return longest / 2 + chance.nextLong(longest / 2 + 1);
    }
}
