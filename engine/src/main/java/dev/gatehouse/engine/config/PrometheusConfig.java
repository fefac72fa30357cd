package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.regex.Pattern;

/// The page a Prometheus server reads.
@Settings(name = "telemetry.metrics.prometheus", value = "The page of the admin listener that Prometheus reads.")
public record PrometheusConfig(
        @Setting(value = "Whether there is one; prometheus: none is the same as false.", byDefault = "true")
        boolean enabled,

        @Setting(
                value = "Its path on the admin listener; not below /api or /health. Read at the start only.",
                byDefault = "/metrics")
        String path) {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+)+");
    private static final Pattern TAKEN = Pattern.compile("/(api|health)(/.*)?");

    public static final PrometheusConfig DEFAULT = new PrometheusConfig(true, "/metrics");

    public PrometheusConfig {
        if (!PATH.matcher(path).matches() || TAKEN.matcher(path).matches()) {
            throw new IllegalArgumentException("path: '" + path
                    + "' (expected: a path such as /metrics, of plain letters, and not below /api or /health)");
        }
    }

    /// `prometheus: none`
    public static PrometheusConfig of(String word) {
        if (!word.equals("none")) {
            throw new IllegalArgumentException("prometheus: '" + word + "' (expected: none, or path)");
        }
        return new PrometheusConfig(false, DEFAULT.path);
    }
}
