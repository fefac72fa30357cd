package dev.gatehouse.engine.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricRegistryTest {
    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void a_family_that_is_asked_for_again_goes_on_counting() {
        registry.counter("gatehouse_cache_requests", "Look-ups.", "cache", "result")
                .of("menus", "hit")
                .add(2);
        CounterFamily afterReload = registry.counter("gatehouse_cache_requests", "Other words.", "cache", "result");
        Counter hits = afterReload.of("menus", "hit");
        hits.add(1);
        assertThat(hits.value()).isEqualTo(3);
        assertThat(registry.families())
                .containsExactly(new MetricFamily(
                        Metric.counter("gatehouse_cache_requests_total", "Look-ups.", "cache", "result"),
                        List.of("cache", "result"),
                        List.of(new MetricFamily.Figure(List.of("menus", "hit"), 3))));
    }

    @Test
    void a_family_has_one_set_of_labels() {
        registry.counter("gatehouse_cache_requests", "Look-ups.", "cache", "result");
        assertThatThrownBy(() -> registry.counter("gatehouse_cache_requests", "Look-ups.", "cache"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counter gatehouse_cache_requests: labels [cache] (it exists with [cache, result])");
        assertThatThrownBy(() -> registry.counter("a", "A.", "x").of("1", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a_total: 2 values for the labels [x]");
    }

    @Test
    void a_row_too_many_is_other() {
        CounterFamily family = registry.counter("a", "A.", "x");
        for (int i = 0; i < MetricRegistry.MOST_ROWS; i++) {
            family.of("v" + i).add(1);
        }
        assertThat(rows()).hasSize(MetricRegistry.MOST_ROWS);
        family.of("too many").add(1);
        family.of("another").add(1);
        assertThat(family.of("v3").value()).isEqualTo(1);
        assertThat(rows()).hasSize(MetricRegistry.MOST_ROWS + 1).contains(new MetricFamily.Figure(List.of("other"), 2));
    }

    @Test
    void a_value_that_is_called_other_makes_no_second_row() {
        registry.counter("a", "A.", "x").of("other").add(1);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void a_family_without_labels_is_one_row() {
        registry.counter("a", "A.").of().add(5);
        assertThat(rows()).hasSize(1);
        assertThat(rows().getFirst().values()).isEmpty();
    }

    @Test
    void a_counter_only_grows() {
        Counter counter = registry.counter("a", "A.").of();
        assertThatThrownBy(() -> counter.add(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void names_that_prometheus_would_not_take_are_refused() {
        for (String name : List.of("", "1a", "a-b", "a.b", "a_total", "ä")) {
            assertThatThrownBy(() -> registry.counter(name, "Help."))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String label : List.of("", "__x", "a-b")) {
            assertThatThrownBy(() -> registry.counter("fine", "Help.", label))
                    .as(label)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> registry.counter("fine", "Help.", "x", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registry.counter("gatehouse_requests", "Help."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the gateway has one of this name itself");
    }

    private List<MetricFamily.Row> rows() {
        return registry.families().getFirst().rows();
    }
}
