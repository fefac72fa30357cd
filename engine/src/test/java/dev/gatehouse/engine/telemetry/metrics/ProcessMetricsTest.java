package dev.gatehouse.engine.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Of the process this test runs in.
class ProcessMetricsTest {
    private final List<MetricFamily> families = new ProcessMetrics().families();

    @Test
    void every_figure_of_the_process_is_plausible() {
        for (MetricFamily family : families) {
            assertThat(MetricCatalogue.ALL).contains(family.metric());
            assertThat(family.rows()).as(family.metric().name()).isNotEmpty();
        }
        assertThat(figure(MetricCatalogue.RESIDENT)).isGreaterThan(10 << 20);
        assertThat(figure(MetricCatalogue.CPU)).isGreaterThan(0);
        assertThat(figure(MetricCatalogue.OPEN_FILES)).isBetween(1.0, figure(MetricCatalogue.MAX_FILES));
        assertThat(figure(MetricCatalogue.START_TIME)).isBetween(1.6e9, System.currentTimeMillis() / 1e3);
        assertThat(figure(MetricCatalogue.THREADS)).isGreaterThan(1);
    }

    private double figure(Metric metric) {
        return families.stream()
                .filter(family -> family.metric() == metric)
                .map(family -> ((MetricFamily.Figure) family.rows().getFirst()).value())
                .findFirst()
                .orElseThrow();
    }
}
