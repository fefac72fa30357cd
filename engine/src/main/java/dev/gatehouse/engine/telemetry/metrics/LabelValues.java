package dev.gatehouse.engine.telemetry.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The values a label has had, each with a number. They are remembered until the process ends, since a counter may not
/// vanish; so there is a bound, and whatever comes when it is reached is [#OTHER]. One for all loops: that a value is
/// counted by itself holds for all of them or for none. Any thread.
final class LabelValues {
    /// There was nothing to say.
    static final int NONE = 0;

    /// One too many.
    static final int OTHER = 1;

    private final int most;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private volatile List<String> values = List.of("none", "other");

    /// @param most how many there may be, beside `none` and `other`
    LabelValues(int most) {
        this.most = most + values.size();
        for (int i = 0; i < values.size(); i++) {
            numbers.put(values.get(i), i);
        }
    }

    /// The number of a value; the same for equal values. Once there are as many as there may be, without a lock.
    int number(@Nullable String value) {
        if (value == null) {
            return NONE;
        }
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        return values.size() < most ? admit(value) : OTHER;
    }

    private synchronized int admit(String value) {
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        int number = values.size();
        if (number == most) {
            return OTHER;
        }
        List<String> more = new ArrayList<>(values);
        more.add(value);
        values = List.copyOf(more);
        numbers.put(value, number);
        return number;
    }

    String value(int number) {
        return values.get(number);
    }
}
