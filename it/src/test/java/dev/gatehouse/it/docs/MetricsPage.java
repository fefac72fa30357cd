package dev.gatehouse.it.docs;

import dev.gatehouse.engine.telemetry.metrics.Metric;
import dev.gatehouse.engine.telemetry.metrics.MetricCatalogue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/// The reference page of the metrics, made from their catalogue.
final class MetricsPage {
    private MetricsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                What stands at `/metrics` of the admin listener, in Prometheus' text format or OpenMetrics. See the
                [guide](../guide/metrics.md). Policies add counters of their own; their pages name them.

                | name | type | labels | meaning |
                |---|---|---|---|
                """);
        for (Metric metric : MetricCatalogue.ALL) {
            page.append("| `").append(metric.name()).append("` | ");
            page.append(metric.kind().name().toLowerCase(Locale.ROOT)).append(" | ");
            page.append(metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")));
            page.append(" | ").append(metric.help()).append(" |\n");
        }
        page.append("\n## Buckets\n\nUpper bounds, in seconds.\n\n| name | buckets |\n|---|---|\n");
        for (Metric metric : MetricCatalogue.ALL) {
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                page.append("| `").append(metric.name()).append("` | ");
                page.append(metric.bounds().stream().map(MetricsPage::plain).collect(Collectors.joining(", ")));
                page.append(" |\n");
            }
        }
        return page.toString();
    }

    private static String plain(double bound) {
        return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }
}
