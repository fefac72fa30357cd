package dev.gatehouse.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How long to wait after an order that failed: a minute, then twice as long each time, at most six hours. Chance
/// makes it up to a quarter longer. What the issuer asks for counts where it is later.
final class RetryWaits {
    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(6);

    /// An issuer that asks for more than this has a wrong clock, or we have.
    static final Duration LONGEST_ASKED_FOR = Duration.ofDays(8);

    private static final int DOUBLINGS = 9;
    private static final double SPREAD = 0.25;

    private RetryWaits() {}

    /// @param failures in a row, this one included
    /// @param asked when the issuer wants to be asked again at the earliest (Retry-After); null when it did not say
    static Instant next(Instant now, int failures, @Nullable Instant asked, RandomGenerator chance) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        Duration wait = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Instant next = now.plusMillis((long) (wait.toMillis() * chance.nextDouble(1, 1 + SPREAD)));
        if (asked == null || asked.isBefore(next)) {
            return next;
        }
        Instant bound = now.plus(LONGEST_ASKED_FOR);
        return asked.isBefore(bound) ? asked : bound;
    }
}
