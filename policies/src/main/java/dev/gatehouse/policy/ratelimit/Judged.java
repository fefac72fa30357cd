package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was decided about all that a request wanted.
///
/// @param states of each, in order; empty when nobody counted
/// @param from where it was taken; null when nothing was
record Judged(
        List<Wanted> wanted,
        List<LimitState> states,
        @Nullable Store from) {
    /// Nobody counted, and the request passes.
    static Judged uncounted(List<Wanted> wanted) {
        return new Judged(wanted, List.of(), null);
    }

    boolean allowed() {
        for (int i = 0; i < states.size(); i++) {
            if (!states.get(i).allowed()) {
                return false;
            }
        }
        return true;
    }

    /// Of those that refuse, the one that does so longest.
    int refusing() {
        int longest = -1;
        for (int i = 0; i < states.size(); i++) {
            boolean refuses = !states.get(i).allowed();
            if (refuses
                    && (longest < 0
                            || states.get(i).retryMillis() > states.get(longest).retryMillis())) {
                longest = i;
            }
        }
        return longest;
    }

    /// Whether something is given back at the end.
    boolean hasLease() {
        if (from != null) {
            for (int i = 0; i < wanted.size(); i++) {
                if (wanted.get(i).isLease()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Gives back what is given back at the end.
    void giveBack() {
        if (from != null && hasLease()) {
            List<LimitTake> leases = new ArrayList<>(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                if (wanted.get(i).isLease()) {
                    leases.add(wanted.get(i).take());
                }
            }
            from.giveBack(leases);
        }
    }
}
