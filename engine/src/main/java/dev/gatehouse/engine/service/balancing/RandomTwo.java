package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Two by chance, weights respected, and of these the one with fewer requests under way: nearly as even as looking at
/// all of them, at the price of two, and without the stampede to whoever has just come back.
final class RandomTwo implements LoadBalancer {
    private final RandomGenerator random;

    RandomTwo(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public @Nullable Instance pick(Candidates from, Tried tried, long key) {
        int one = untried(from, tried, byChance(from));
        if (one < 0) {
            return null;
        }
        int other = untried(from, tried, byChance(from));
        if (other == one) {
            // Drawn twice: the next one along, else there would be no choice.
            other = untried(from, tried, one + 1 < from.size() ? one + 1 : 0);
        }
        Instance first = from.get(one);
        Instance second = from.get(other);
        boolean secondIsBetter = LeastRequests.isLess(
                second.state().inFlight(), second, first.state().inFlight(), first);
        return secondIsBetter ? second : first;
    }

    @Override
    public @Nullable Instance peek(Candidates from, long key) {
        return from.size() == 1 ? from.get(0) : null;
    }

    private int byChance(Candidates from) {
        if (from.hasEvenWeights()) {
            return random.nextInt(from.size());
        }
        int at = random.nextInt(from.totalWeight());
        int i = 0;
        for (at -= from.get(0).weight(); at >= 0; at -= from.get(i).weight()) {
            i++;
        }
        return i;
    }

    /// The first from `start` on, round the end, that has not been tried; -1 when all have.
    private static int untried(Candidates from, Tried tried, int start) {
        if (tried.isEmpty()) {
            return start;
        }
        int size = from.size();
        for (int i = 0, at = start; i < size; i++, at = at + 1 < size ? at + 1 : 0) {
            if (!tried.contains(from.get(at))) {
                return at;
            }
        }
        return -1;
    }
}
