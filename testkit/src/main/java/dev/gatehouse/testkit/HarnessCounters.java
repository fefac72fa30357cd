package dev.gatehouse.testkit;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.engine.telemetry.CounterSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What the policies of a [PolicyHarness] count. Safe for threads.
final class HarnessCounters implements CounterSource {
    private final Map<List<String>, Row> rows = new ConcurrentHashMap<>();

    private static final class Row implements Counter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long amount) {
            sum.add(amount);
        }

        @Override
        public long value() {
            return sum.sum();
        }
    }

    @Override
    public CounterFamily counter(String name, String help, String... labels) {
        return values -> {
            if (values.length != labels.length) {
                throw new IllegalArgumentException(name + " has " + labels.length + " labels, not " + values.length);
            }
            return rows.computeIfAbsent(key(name, values), _ -> new Row());
        };
    }

    /// 0 when nobody has counted that.
    long value(String name, String... labels) {
        Row row = rows.get(key(name, labels));
        return row == null ? 0 : row.value();
    }

    private static List<String> key(String name, String... labels) {
        return List.of(name, String.join("\n", labels));
    }
}
