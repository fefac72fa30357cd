package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where figures are asked for, and how finely exchanges are told apart.
@Settings(name = "telemetry.metrics", value = "The gateway's figures: where they are asked for, and how fine they are.")
public record MetricsConfig(
        @Setting("Where Prometheus asks; prometheus: none leaves that out.")
        PrometheusConfig prometheus,

        @Setting(
                value =
                        "The labels of gatehouse_requests_total, in this order: route, service, method, status, or"
                                + " status_class (2xx) for status. Without route, no metric tells routes apart: with thousands"
                                + " of routes each is many lines. Counting goes on for all of them, so a label may come and go.",
                byDefault = "route, method, status")
        List<Label> labels) {
    public static final MetricsConfig DEFAULT =
            new MetricsConfig(PrometheusConfig.DEFAULT, List.of(Label.ROUTE, Label.METHOD, Label.STATUS));

    /// What tells exchanges apart.
    public enum Label {
        /// What people call the route; `none` where there was none.
        ROUTE,
        /// The service it was sent to; `none` when the gateway answered by itself.
        SERVICE,
        /// One of the nine standard ones, else `other`.
        METHOD,
        /// What the client was sent; `none` when it was sent no head.
        STATUS,
        /// `2xx`.
        STATUS_CLASS;

        /// As the user writes it, and as the label is called.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public MetricsConfig {
        labels = List.copyOf(labels);
        EnumSet<Label> seen = EnumSet.noneOf(Label.class);
        for (Label label : labels) {
            if (!seen.add(label)) {
                throw new IllegalArgumentException("labels: " + label.word() + " stands there twice");
            }
        }
    }

    /// Where Prometheus asks; null when it does not.
    public @Nullable String page() {
        return prometheus.enabled() ? prometheus.path() : null;
    }
}
