package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.http1.ParsedRequest;
import org.jspecify.annotations.Nullable;

/// The gateway's own health on a listener that was told to answer for it. Tells strangers nothing but up and draining.
final class HealthAnswers {
    private static final String UP = "{\"status\":\"up\"}\n";
    private static final String DRAINING = "{\"status\":\"draining\"}\n";

    private static final int LONGEST = "/health/ready".length();

    private HealthAnswers() {}

    /// Null when the path is none of health; most are told by their length.
    static @Nullable Response to(ParsedRequest request, Readiness readiness) {
        if (request.pathEnd() - request.pathStart() > LONGEST) {
            return null;
        }
        return switch (request.path()) {
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
