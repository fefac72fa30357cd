package dev.gatehouse.engine.store.limit;

import java.util.ArrayList;
import java.util.List;

/// What was let through, written down one by one: the slow and obvious count that the clever ones are compared with.
final class Admissions {
    private record Admission(long at, long cost) {}

    private final List<Admission> all = new ArrayList<>();
    private long total;

    void add(long at, long cost) {
        all.add(new Admission(at, cost));
        total += cost;
    }

    long total() {
        return total;
    }

    /// The most that lies in any window of this length, beginning included, end not.
    long mostWithin(long window) {
        long most = 0;
        long sum = 0;
        int first = 0;
        for (Admission last : all) {
            sum += last.cost;
            while (last.at - all.get(first).at >= window) {
                sum -= all.get(first++).cost;
            }
            most = Math.max(most, sum);
        }
        return most;
    }
}
