package dev.gatehouse.engine.telemetry.metrics;

import java.util.ArrayList;
import java.util.List;

/// The histograms of several loops, added up.
final class HistogramSum {
    private static final double NANOS_IN_SECOND = 1e9;

    private final long[] counts;
    private double sumNanos;

    HistogramSum(Buckets buckets) {
        this.counts = new long[buckets.count()];
    }

    void add(LoopHistogram loop) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += loop.count(i);
        }
        sumNanos += loop.sumNanos();
    }

    MetricFamily.Distribution row(List<String> values) {
        List<Long> all = new ArrayList<>(counts.length);
        for (long count : counts) {
            all.add(count);
        }
        return new MetricFamily.Distribution(values, all, sumNanos / NANOS_IN_SECOND);
    }
}
