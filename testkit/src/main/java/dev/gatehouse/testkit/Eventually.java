package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for something another thread does, bounded in time.
final class Eventually {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    private Eventually() {}

    /// Whether the condition came true within the time; looks every 2 ms, at once at first.
    static boolean holds(Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
