package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import org.jspecify.annotations.Nullable;

/// Each in its turn, as often as its weight says. With weights it is nginx's smooth way: a a b a c a a for 5, 1, 1,
/// never a a a a a b c.
final class RoundRobin implements LoadBalancer {
    private final int loop;
    private @Nullable Candidates known;
    private int[] credit = new int[0];
    private int next;

    RoundRobin(int loop) {
        this.loop = loop;
        this.next = loop;
    }

    @Override
    public @Nullable Instance pick(Candidates from, Tried tried, long key) {
        if (from.size() == 1) {
            Instance only = from.get(0);
            return tried.contains(only) ? null : only;
        }
        return from.hasEvenWeights() ? inTurn(from, tried) : smoothly(from, tried);
    }

    @Override
    public @Nullable Instance peek(Candidates from, long key) {
        RoundRobin copy = new RoundRobin(loop);
        copy.known = known;
        copy.credit = credit.clone();
        copy.next = next;
        return copy.pick(from, new Tried(), key);
    }

    private @Nullable Instance inTurn(Candidates from, Tried tried) {
        int size = from.size();
        for (int i = 0; i < size; i++) {
            next = next + 1 < size ? next + 1 : 0;
            Instance instance = from.get(next);
            if (tried.isEmpty() || !tried.contains(instance)) {
                return instance;
            }
        }
        return null;
    }

    private @Nullable Instance smoothly(Candidates from, Tried tried) {
        if (known != from) {
            known = from;
            credit = new int[from.size()];
            for (int i = 0; i < loop % from.size(); i++) {
                step(from, null);
            }
        }
        int chosen = step(from, tried.isEmpty() ? null : tried);
        return chosen < 0 ? null : from.get(chosen);
    }

    /// Everybody earns their weight, the richest is chosen and pays what all have earned.
    private int step(Candidates from, @Nullable Tried tried) {
        int earned = 0;
        int richest = -1;
        for (int i = 0; i < credit.length; i++) {
            Instance instance = from.get(i);
            if (tried != null && tried.contains(instance)) {
                continue;
            }
            credit[i] += instance.weight();
            earned += instance.weight();
            if (richest < 0 || credit[i] > credit[richest]) {
                richest = i;
            }
        }
        if (richest >= 0) {
            credit[richest] -= earned;
        }
        return richest;
    }
}
