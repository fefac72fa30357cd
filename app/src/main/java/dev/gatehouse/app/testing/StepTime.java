package dev.gatehouse.app.testing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How much time passes before a step: so long, or until a moment.
final class StepTime {
    private StepTime() {}

    /// @param at null for no moment
    /// @throws IllegalArgumentException when both are said, or the moment is none
    static void check(Duration advance, @Nullable String at) {
        if (at == null) {
            return;
        }
        if (!advance.isZero()) {
            throw new IllegalArgumentException("advance or at: time passes by one of them");
        }
        try {
            Instant.parse(at);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("at: '" + at + "' is not a moment such as 2026-01-01T00:00:30Z", e);
        }
    }

    /// @throws IllegalArgumentException when it would have to go back
    static Duration before(StepConfig step, Instant now) {
        if (step.at() == null) {
            return step.advance();
        }
        Duration time = Duration.between(now, Instant.parse(step.at()));
        if (time.isNegative()) {
            throw new IllegalArgumentException("it is " + now + " already: time never goes back to " + step.at());
        }
        return time;
    }

    /// Whether the clock has to be moved for it.
    static boolean moves(StepConfig step) {
        return step.at() != null || !step.advance().isZero();
    }
}
