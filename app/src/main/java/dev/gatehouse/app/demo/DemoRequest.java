package dev.gatehouse.app.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as a service of the demo sees it.
///
/// @param path decoded, without the query
/// @param query as sent; null without one
record DemoRequest(String method, String path, @Nullable String query, String body) {
    static DemoRequest get(String path) {
        return new DemoRequest("GET", path, null, "");
    }

    /// What stands behind `beginning`, when that is one segment which is not empty: `r42` of `/menus/r42`.
    @Nullable
    String segmentAfter(String beginning) {
        if (!path.startsWith(beginning)) {
            return null;
        }
        String rest = path.substring(beginning.length());
        return rest.isEmpty() || rest.contains("/") ? null : rest;
    }

    boolean isOneOf(String... methods) {
        return List.of(methods).contains(method);
    }
}
