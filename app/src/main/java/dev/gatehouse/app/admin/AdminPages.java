package dev.gatehouse.app.admin;

import dev.gatehouse.engine.config.MetricsConfig;
import org.jspecify.annotations.Nullable;

/// What the admin listener answers beside the admin API.
///
/// @param health whether there are the health paths
/// @param metrics the path at which Prometheus asks; null when it does not
public record AdminPages(boolean health, @Nullable String metrics) {
    /// Where people expect them.
    public static final AdminPages ALL = new AdminPages(true, MetricsConfig.DEFAULT.page());
}
