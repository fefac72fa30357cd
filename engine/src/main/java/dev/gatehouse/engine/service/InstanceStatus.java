package dev.gatehouse.engine.service;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How an instance stands, for people: the admin API, `status`, the dashboard.
///
/// @param address address and port
/// @param backup whether it is used only when no primary is left
/// @param reason why it is not simply up: `5×503, back in 12 s`; null when there is nothing to say
/// @param lastCheck null when it was never checked
public record InstanceStatus(
        String address,
        int weight,
        boolean backup,
        Word state,
        @Nullable String reason,
        long inFlight,
        long attempts,
        long failures,
        @Nullable CheckResult lastCheck) {
    /// One word for it.
    public enum Word {
        UP,
        DOWN,
        EJECTED,
        /// Fit for use, when no primary is left.
        BACKUP,
        DRAINED,
        /// Neither checked nor used so far; counts as up.
        UNKNOWN
    }

    static InstanceStatus of(Instance instance, long now) {
        InstanceState state = instance.state();
        state.lapse(now);
        return new InstanceStatus(
                instance.toString(),
                instance.weight(),
                instance.isBackup(),
                word(instance),
                reason(state, now),
                state.inFlight(),
                state.attempts(),
                state.failures(),
                state.lastCheck());
    }

    private static Word word(Instance instance) {
        InstanceState state = instance.state();
        if (state.drain() != null) {
            return Word.DRAINED;
        }
        if (state.health() == InstanceState.Health.DOWN) {
            return Word.DOWN;
        }
        if (state.ejection() != null) {
            return Word.EJECTED;
        }
        if (instance.isBackup()) {
            return Word.BACKUP;
        }
        boolean served = state.attempts() > state.failures() + state.inFlight();
        return state.health() == InstanceState.Health.UP || served ? Word.UP : Word.UNKNOWN;
    }

    private static @Nullable String reason(InstanceState state, long now) {
        InstanceState.Drain drain = state.drain();
        if (drain != null) {
            return drain.ends() ? "by an operator, back in " + seconds(drain.until() - now) : "by an operator";
        }
        CheckResult check = state.lastCheck();
        if (state.health() == InstanceState.Health.DOWN) {
            return check == null ? "checks failed" : check.what();
        }
        Ejection ejection = state.ejection();
        if (ejection == null) {
            return null;
        }
        return switch (ejection.phase()) {
            case OUT -> ejection.reason() + ", back in " + seconds(ejection.until() - now);
            case TRIAL, TRYING -> ejection.reason() + ", on trial";
        };
    }

    private static String seconds(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1)) + " s";
    }
}
