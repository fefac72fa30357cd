package dev.gatehouse.engine.telemetry.metrics;

import java.util.List;

/// What is measured: one name, whose rows are told apart by labels.
///
/// @param name in full, as Prometheus knows it: a counter ends in `_total`, a time in `_seconds`
/// @param help one sentence
/// @param labels their names, in order; none when there is a single row
/// @param bounds of a histogram, the upper bound of each bucket but the last one, inclusive, in seconds; else none
public record Metric(String name, Kind kind, String help, List<String> labels, List<Double> bounds) {
    /// How a metric behaves.
    public enum Kind {
        /// Only grows, until the process ends.
        COUNTER,
        /// Goes up and down.
        GAUGE,
        /// Times, counted in buckets.
        HISTOGRAM,
        /// Times: how many, and how much together.
        SUMMARY
    }

    public Metric {
        labels = List.copyOf(labels);
        bounds = List.copyOf(bounds);
    }

    static Metric counter(String name, String help, String... labels) {
        return new Metric(name, Kind.COUNTER, help, List.of(labels), List.of());
    }

    static Metric gauge(String name, String help, String... labels) {
        return new Metric(name, Kind.GAUGE, help, List.of(labels), List.of());
    }

    static Metric histogram(String name, Buckets buckets, String help, String... labels) {
        return new Metric(name, Kind.HISTOGRAM, help, List.of(labels), buckets.seconds());
    }

    static Metric summary(String name, String help, String... labels) {
        return new Metric(name, Kind.SUMMARY, help, List.of(labels), List.of());
    }

    /// With one row, which has no labels.
    public MetricFamily at(double value) {
        return new MetricFamily(this, List.of(), List.of(new MetricFamily.Figure(List.of(), value)));
    }

    /// With these rows, each with a value for every label.
    public MetricFamily of(List<? extends MetricFamily.Row> rows) {
        return new MetricFamily(this, labels, List.copyOf(rows));
    }
}
