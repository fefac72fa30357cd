package dev.gatehouse.app.admin;

import dev.gatehouse.engine.telemetry.metrics.Metric;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Figures as Prometheus reads them: its own text format, or OpenMetrics for who asks for that.
record PrometheusText(String contentType, String body) {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final long NO_TIME = 0;

    /// @param accepts the field Accept
    static PrometheusText of(List<MetricFamily> families, String accepts) {
        ExpositionFormatWriter open = OpenMetricsTextFormatWriter.create();
        ExpositionFormatWriter writer = open.accepts(accepts) ? open : PrometheusTextFormatWriter.create();
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 15);
        try {
            writer.write(out, snapshots(families), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PrometheusText(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }

    private static MetricSnapshots snapshots(List<MetricFamily> families) {
        List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
        for (MetricFamily family : families) {
            if (!family.rows().isEmpty()) {
                snapshots.add(snapshot(family));
            }
        }
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(MetricFamily family) {
        Metric metric = family.metric();
        return switch (metric.kind()) {
            case COUNTER -> new CounterSnapshot(named(metric), rows(family, PrometheusText::counter));
            case GAUGE -> new GaugeSnapshot(named(metric), rows(family, PrometheusText::gauge));
            case HISTOGRAM ->
                new HistogramSnapshot(named(metric), rows(family, (row, labels) -> histogram(row, labels, metric)));
            case SUMMARY -> new SummarySnapshot(named(metric), rows(family, PrometheusText::summary));
        };
    }

    /// The library puts a counter's `_total` behind its name by itself.
    private static MetricMetadata named(Metric metric) {
        String name = metric.name();
        return new MetricMetadata(
                metric.kind() == Metric.Kind.COUNTER ? name.substring(0, name.length() - "_total".length()) : name,
                metric.help());
    }

    private static <T> List<T> rows(MetricFamily family, BiFunction<MetricFamily.Row, Labels, T> point) {
        return family.rows().stream()
                .map(row -> point.apply(row, Labels.of(family.labels(), row.values())))
                .toList();
    }

    private static CounterSnapshot.CounterDataPointSnapshot counter(MetricFamily.Row row, Labels labels) {
        return new CounterSnapshot.CounterDataPointSnapshot(((MetricFamily.Figure) row).value(), labels, null, NO_TIME);
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot gauge(MetricFamily.Row row, Labels labels) {
        return new GaugeSnapshot.GaugeDataPointSnapshot(((MetricFamily.Figure) row).value(), labels, null);
    }

    private static HistogramSnapshot.HistogramDataPointSnapshot histogram(
            MetricFamily.Row row, Labels labels, Metric metric) {
        MetricFamily.Distribution distribution = (MetricFamily.Distribution) row;
        List<Double> bounds = new ArrayList<>(metric.bounds());
        bounds.add(Double.POSITIVE_INFINITY);
        return new HistogramSnapshot.HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(bounds, distribution.counts()),
                distribution.sum(),
                labels,
                Exemplars.EMPTY,
                NO_TIME);
    }

    private static SummarySnapshot.SummaryDataPointSnapshot summary(MetricFamily.Row row, Labels labels) {
        MetricFamily.Total total = (MetricFamily.Total) row;
        return new SummarySnapshot.SummaryDataPointSnapshot(
                total.count(), total.sum(), Quantiles.EMPTY, labels, Exemplars.EMPTY, NO_TIME);
    }
}
