package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import org.jspecify.annotations.Nullable;

/// The one with the fewest requests under way for its weight, counted for the whole gateway. Equals take turns.
final class LeastRequests implements LoadBalancer {
    private int start;

    LeastRequests(int loop) {
        this.start = loop;
    }

    @Override
    public @Nullable Instance pick(Candidates from, Tried tried, long key) {
        start = start + 1 < from.size() ? start + 1 : 0;
        return leastFrom(start, from, tried);
    }

    @Override
    public @Nullable Instance peek(Candidates from, long key) {
        int next = start + 1;
        return leastFrom(next < from.size() ? next : 0, from, new Tried());
    }

    private static @Nullable Instance leastFrom(int first, Candidates from, Tried tried) {
        int size = from.size();
        Instance best = null;
        long bestLoad = 0;
        for (int i = 0, at = first; i < size; i++, at = at + 1 < size ? at + 1 : 0) {
            Instance instance = from.get(at);
            if (!tried.isEmpty() && tried.contains(instance)) {
                continue;
            }
            long load = instance.state().inFlight();
            if (best == null || isLess(load, instance, bestLoad, best)) {
                best = instance;
                bestLoad = load;
            }
        }
        return best;
    }

    /// Whether one more request would be less of a burden for `one` than for `other`.
    static boolean isLess(long load, Instance one, long otherLoad, Instance other) {
        return (load + 1) * other.weight() < (otherLoad + 1) * one.weight();
    }
}
