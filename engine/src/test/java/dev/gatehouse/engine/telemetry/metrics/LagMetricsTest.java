package dev.gatehouse.engine.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Distribution;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagMetricsTest {
    private static final long MILLI = 1_000_000;

    private long now = -5_000 * MILLI;
    private final LagMetrics lag = new LagMetrics(2, () -> now);
    private long due = now + 100 * MILLI;

    @Test
    void each_loop_tells_how_late_it_was() {
        wakeAfter(101);
        wakeAfter(140);
        Distribution first = (Distribution) rows(MetricCatalogue.LOOP_LAG).getFirst();
        assertThat(first.values()).containsExactly("0");
        assertThat(first.count()).isEqualTo(2);
        assertThat(first.counts().getFirst()).isEqualTo(1);
        assertThat(first.sum()).isEqualTo(0.041);
        assertThat(((Distribution) rows(MetricCatalogue.LOOP_LAG).getLast()).count())
                .isZero();
    }

    @Test
    void the_greatest_is_kept_for_a_minute_at_least_and_for_two_at_most() {
        wakeAfter(600);
        for (int i = 0; i < 590; i++) {
            wakeAfter(100);
        }
        assertThat(greatest(0)).isEqualTo(0.5);
        assertThat(greatest(0)).as("asking takes nothing away").isEqualTo(0.5);
        for (int i = 0; i < 600; i++) {
            wakeAfter(100);
        }
        assertThat(greatest(0)).isEqualTo(0.5);
        for (int i = 0; i < 600; i++) {
            wakeAfter(100);
        }
        assertThat(greatest(0)).isZero();
    }

    @Test
    void a_loop_that_is_stuck_now_is_seen_before_it_comes_back() {
        wakeAfter(100);
        now += 3_100 * MILLI;
        assertThat(greatest(0)).isEqualTo(3);
    }

    /// The first loop gets to its task so many milliseconds after the one before.
    private void wakeAfter(long millis) {
        now += millis * MILLI;
        long next = now + 100 * MILLI;
        lag.late(0, due, next);
        due = next;
    }

    private double greatest(int loop) {
        return ((Figure) rows(MetricCatalogue.LOOP_LAG_MAX).get(loop)).value();
    }

    private List<MetricFamily.Row> rows(Metric metric) {
        return lag.families().stream()
                .filter(family -> family.metric() == metric)
                .findFirst()
                .orElseThrow()
                .rows();
    }
}
