package dev.gatehouse.app.admin.view;

import dev.gatehouse.engine.telemetry.recent.RecentRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that has ended.
///
/// @param at when it began
/// @param path without the query
/// @param status null when the client was sent none
/// @param code why it was not served; null when it was
/// @param reason one sentence about that, or the policy that answered; null otherwise
/// @param route what people call it; null when there was none
/// @param service it was sent to; null when the gateway answered by itself
/// @param instance the address it was sent to last
/// @param consumer who called; null when it is nobody known by name
/// @param attempts how often an instance was chosen for it
/// @param complete whether the client was sent the whole answer
/// @param bytesIn octets of the request's body
/// @param bytesOut octets of the answer's body
/// @param durationMicros from the whole head to the end of the answer
/// @param serviceMicros of these, how long the service took to begin its answer; null when none answered
/// @param traced whether `/api/v1/requests/{id}` tells how it came about
public record RequestEntry(
        String id,
        Instant at,
        String client,
        String method,
        String path,
        @Nullable Integer status,
        @Nullable String code,
        @Nullable String reason,
        @Nullable String route,
        @Nullable String service,
        @Nullable String instance,
        @Nullable String consumer,
        int attempts,
        boolean complete,
        long bytesIn,
        long bytesOut,
        long durationMicros,
        @Nullable Long serviceMicros,
        boolean traced) {
    public static RequestEntry of(RecentRequest request) {
        return new RequestEntry(
                request.id(),
                Instant.ofEpochMilli(request.startedMillis()),
                request.client(),
                request.method(),
                request.path(),
                request.status() == 0 ? null : Integer.valueOf(request.status()),
                request.code(),
                reason(request),
                request.route(),
                request.service(),
                request.instance(),
                request.consumer(),
                request.attempts(),
                request.complete(),
                request.bytesIn(),
                request.bytesOut(),
                request.durationNanos() / 1000,
                request.serviceNanos() < 0 ? null : Long.valueOf(request.serviceNanos() / 1000),
                request.trace() != null);
    }

    private static @Nullable String reason(RecentRequest request) {
        String decider = request.decidedBy();
        String message = request.message();
        if (decider == null) {
            return message;
        }
        return message == null ? "answered by " + decider : "denied by " + decider + ": " + message;
    }
}
