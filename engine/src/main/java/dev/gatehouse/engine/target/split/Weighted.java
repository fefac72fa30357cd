package dev.gatehouse.engine.target.split;

import java.util.ArrayList;
import java.util.List;

/// A choice among values by weight, as a canary makes it: `{ v1: 90, v2: 10 }`. Immutable and without memory: the same
/// number picks the same value, and numbers one after the other pick in exact proportion over each [#total].
public final class Weighted<T> {
    private final List<Choice<T>> choices;
    private final long[] ends;

    /// @param weight its share of the sum of all weights; 0 is never picked
    public record Choice<T>(T value, int weight) {
        public Choice {
            if (weight < 0) {
                throw new IllegalArgumentException("a weight is not negative: " + weight);
            }
        }
    }

    /// @throws IllegalArgumentException when no choice has a weight
    public Weighted(List<Choice<T>> choices) {
        List<Choice<T>> kept = new ArrayList<>(choices);
        kept.removeIf(choice -> choice.weight == 0);
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("at least one weight is above 0");
        }
        this.choices = List.copyOf(kept);
        this.ends = new long[kept.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += kept.get(i).weight;
            ends[i] = end;
        }
    }

    /// @param random any number; all of them equally often for the proportions to come out
    public T pick(long random) {
        long at = Long.remainderUnsigned(random, total());
        int i = 0;
        while (at >= ends[i]) {
            i++;
        }
        return choices.get(i).value;
    }

    /// Those with a weight.
    public List<Choice<T>> choices() {
        return choices;
    }

    /// The sum of the weights.
    public long total() {
        return ends[ends.length - 1];
    }
}
