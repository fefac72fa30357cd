package dev.gatehouse.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.MetricsConfig.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsConfigTest {
    @Test
    void the_page_has_a_path_of_its_own_on_the_admin_listener() {
        for (String path : List.of("/metrics", "/internal/metrics.txt", "/healthy")) {
            assertThat(new PrometheusConfig(true, path).path()).isEqualTo(path);
        }
        for (String path : List.of("", "/", "metrics", "/metrics/", "/a b", "/{x}", "/api", "/api/v1/x", "/health/x")) {
            assertThatThrownBy(() -> new PrometheusConfig(true, path))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("path: ");
        }
    }

    @Test
    void none_means_no_page() {
        assertThat(new MetricsConfig(PrometheusConfig.of("none"), List.of()).page())
                .isNull();
        assertThat(MetricsConfig.DEFAULT.page()).isEqualTo("/metrics");
        assertThatThrownBy(() -> PrometheusConfig.of("/metrics")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_label_stands_there_once() {
        assertThatThrownBy(() ->
                        new MetricsConfig(PrometheusConfig.DEFAULT, List.of(Label.STATUS_CLASS, Label.STATUS_CLASS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels: status_class stands there twice");
    }
}
