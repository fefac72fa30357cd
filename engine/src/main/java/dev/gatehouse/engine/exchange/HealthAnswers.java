package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import org.jspecify.annotations.Nullable;

/// The gateway's own health on a listener that was told to answer for it. Tells strangers nothing but up and draining.
final class HealthAnswers {
    private static final String UP = "{\"status\":\"up\"}\n";
    private static final String DRAINING = "{\"status\":\"draining\"}\n";

    private HealthAnswers() {}

    /// Null when the path is none of health.
    static @Nullable Response to(String path, Readiness readiness) {
        return switch (path) {
            case "/health/live" -> answer(200, UP);
            case "/health", "/health/ready" -> readiness.isReady() ? answer(200, UP) : answer(503, DRAINING);
            default -> null;
        };
    }

    private static Response answer(int status, String body) {
        return Response.of(status, Body.of(body))
                .set(HeaderName.CONTENT_TYPE, "application/json")
                .set(HeaderName.CACHE_CONTROL, "no-store");
    }
}
