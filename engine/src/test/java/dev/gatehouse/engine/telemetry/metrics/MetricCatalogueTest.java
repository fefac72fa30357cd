package dev.gatehouse.engine.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricCatalogueTest {
    @Test
    void nothing_is_left_out_of_the_list() throws IllegalAccessException {
        List<Metric> constants = new ArrayList<>();
        for (Field field : MetricCatalogue.class.getDeclaredFields()) {
            if (field.getType() == Metric.class && Modifier.isPublic(field.getModifiers())) {
                constants.add((Metric) field.get(null));
            }
        }
        assertThat(MetricCatalogue.ALL).containsExactlyElementsOf(constants);
    }

    @Test
    void names_are_as_prometheus_wants_them() {
        assertThat(MetricCatalogue.ALL).extracting(Metric::name).doesNotHaveDuplicates();
        for (Metric metric : MetricCatalogue.ALL) {
            assertThat(metric.name()).matches("(gatehouse|process|jvm)_[a-z0-9_]+");
            assertThat(metric.name().endsWith("_total"))
                    .as(metric.name())
                    .isEqualTo(metric.kind() == Metric.Kind.COUNTER);
            assertThat(metric.help()).as(metric.name()).endsWith(".");
            assertThat(metric.labels()).as(metric.name()).allMatch(label -> label.matches("[a-z_]+"));
        }
    }
}
