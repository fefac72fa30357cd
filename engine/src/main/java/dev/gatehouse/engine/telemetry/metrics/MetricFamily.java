package dev.gatehouse.engine.telemetry.metrics;

import java.util.List;

/// What a metric stands at, at one moment.
///
/// @param labels those of the metric that its rows have: configuration may leave some out
/// @param rows no two with the same values; of the kind the metric is
public record MetricFamily(Metric metric, List<String> labels, List<Row> rows) {
    public MetricFamily {
        labels = List.copyOf(labels);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row instanceof Distribution one
                    && one.counts().size() != metric.bounds().size() + 1) {
                throw new IllegalArgumentException(metric.name() + ": one bucket more than bounds, always");
            }
        }
    }

    /// The figures for one combination of labels.
    public sealed interface Row {
        /// As many as the family has labels, in their order.
        List<String> values();
    }

    /// Of a counter or a gauge.
    public record Figure(List<String> values, double value) implements Row {
        public Figure {
            values = List.copyOf(values);
        }
    }

    /// Of a histogram.
    ///
    /// @param counts how many fell into each bucket: one for each bound of the metric, and one for what is above
    /// @param sum of all of them, in seconds
    public record Distribution(List<String> values, List<Long> counts, double sum) implements Row {
        public Distribution {
            values = List.copyOf(values);
            counts = List.copyOf(counts);
        }

        public long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    /// Of a summary.
    ///
    /// @param sum in seconds
    public record Total(List<String> values, long count, double sum) implements Row {
        public Total {
            values = List.copyOf(values);
        }
    }
}
