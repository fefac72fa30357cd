package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.KeyHash;
import org.jspecify.annotations.Nullable;

/// The same instance for the same key, in every gateway in front of the service, for as long as it is there.
///
/// Rendezvous hashing (Thaler and Ravishankar, 1998): each instance draws a lot for the key, the highest wins. When
/// one leaves, exactly its own keys move, and each to where it would go next; there is no ring to build or to keep.
/// With weights w a lot u from (0, 1) counts as -w / ln u, which gives each its share.
final class ConsistentHash implements LoadBalancer {
    @Override
    public @Nullable Instance pick(Candidates from, Tried tried, long key) {
        return from.hasEvenWeights() ? unweighted(from, tried, key) : weighted(from, tried, key);
    }

    @Override
    public @Nullable Instance peek(Candidates from, long key) {
        return pick(from, new Tried(), key);
    }

    private static @Nullable Instance unweighted(Candidates from, Tried tried, long key) {
        Instance winner = null;
        long highest = 0;
        for (int i = 0; i < from.size(); i++) {
            Instance instance = from.get(i);
            if (!tried.isEmpty() && tried.contains(instance)) {
                continue;
            }
            long lot = KeyHash.mixed(key ^ instance.hash());
            if (winner == null || lot > highest) {
                winner = instance;
                highest = lot;
            }
        }
        return winner;
    }

    private static @Nullable Instance weighted(Candidates from, Tried tried, long key) {
        Instance winner = null;
        double highest = 0;
        for (int i = 0; i < from.size(); i++) {
            Instance instance = from.get(i);
            if (!tried.isEmpty() && tried.contains(instance)) {
                continue;
            }
            // 52 bits and a half: never 0, never 1.
            double lot = ((KeyHash.mixed(key ^ instance.hash()) >>> 12) + 0.5) * 0x1p-52;
            double score = -instance.weight() / Math.log(lot);
            if (winner == null || score > highest) {
                winner = instance;
                highest = score;
            }
        }
        return winner;
    }
}
