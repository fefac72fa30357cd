package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.engine.telemetry.CounterSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// The counters of policies, from the start of a gateway to its end: whoever asks for a family by the name of one that
/// exists, the same policy after a reload among them, gets that one. Any thread.
public final class MetricRegistry implements CounterSource, MetricSource {
    /// Rows of one family; see [CounterFamily#of].
    public static final int MOST_ROWS = 1000;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final String ENDING = "_total";

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    /// The family of that name, which is made when there is none.
    ///
    /// @param name without `_total`
    /// @param help of the first who asks
    /// @throws IllegalArgumentException when a name is not one, or the family has other labels
    @Override
    public CounterFamily counter(String name, String help, String... labels) {
        List<String> names = List.of(labels);
        refuseBadNames(name, names);
        Family family =
                families.computeIfAbsent(name, fresh -> new Family(Metric.counter(name + ENDING, help, labels)));
        if (!family.metric.labels().equals(names)) {
            throw new IllegalArgumentException(
                    "counter " + name + ": labels " + names + " (it exists with " + family.metric.labels() + ")");
        }
        return family;
    }

    private static void refuseBadNames(String name, List<String> labels) {
        if (!NAME.matcher(name).matches() || name.endsWith(ENDING)) {
            throw new IllegalArgumentException(
                    "counter '" + name + "' (expected: letters, digits and _, without " + ENDING + ")");
        }
        if (MetricCatalogue.ALL.stream().anyMatch(own -> own.name().equals(name + ENDING))) {
            throw new IllegalArgumentException("counter " + name + ": the gateway has one of this name itself");
        }
        for (String label : labels) {
            if (!NAME.matcher(label).matches() || label.startsWith("__") || Collections.frequency(labels, label) > 1) {
                throw new IllegalArgumentException(
                        "counter " + name + ": label '" + label + "' (expected: letters, digits and _, no two alike)");
            }
        }
    }

    @Override
    public List<MetricFamily> families() {
        List<MetricFamily> all = new ArrayList<>();
        families.values().forEach(family -> all.add(family.read()));
        return all;
    }

    private static final class Family implements CounterFamily {
        private final Metric metric;
        private final Map<List<String>, Sum> rows = new ConcurrentHashMap<>();
        private final Sum other = new Sum();
        private final List<String> others;

        private Family(Metric metric) {
            this.metric = metric;
            // Without labels there is one row, and never one too many.
            this.others = metric.labels().isEmpty()
                    ? List.of("")
                    : Collections.nCopies(metric.labels().size(), "other");
        }

        @Override
        public Counter of(String... labels) {
            List<String> values = List.of(labels);
            if (values.size() != metric.labels().size()) {
                throw new IllegalArgumentException(
                        metric.name() + ": " + values.size() + " values for the labels " + metric.labels());
            }
            Sum known = rows.get(values);
            if (known != null) {
                return known;
            }
            boolean full = rows.size() >= MOST_ROWS || values.equals(others);
            return full ? other : admit(values);
        }

        private synchronized Sum admit(List<String> values) {
            Sum known = rows.get(values);
            if (known != null || rows.size() >= MOST_ROWS) {
                return known != null ? known : other;
            }
            Sum fresh = new Sum();
            rows.put(values, fresh);
            return fresh;
        }

        private MetricFamily read() {
            List<MetricFamily.Figure> figures = new ArrayList<>();
            rows.forEach((values, row) -> figures.add(new MetricFamily.Figure(values, row.value())));
            if (other.value() > 0) {
                figures.add(new MetricFamily.Figure(others, other.value()));
            }
            return metric.of(figures);
        }
    }

    /// Several loops add to it, so each adds in a place of its own when they meet.
    private static final class Sum implements Counter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long amount) {
            if (amount < 0) {
                throw new IllegalArgumentException("a counter only grows: " + amount);
            }
            sum.add(amount);
        }

        @Override
        public long value() {
            return sum.sum();
        }
    }
}
