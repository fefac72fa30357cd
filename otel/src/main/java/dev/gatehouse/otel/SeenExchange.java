package dev.gatehouse.otel;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of an exchange after its end, until it is sent: a copy, made on the loop. The query is not among
/// it, for there are tokens in queries. No text is longer than [#MAX_TEXT] characters, so that what waits has a
/// bound.
///
/// @param sampled whether it is recorded; else it is only logged
/// @param traceparent as the service was sent it
/// @param span of the gateway; the span of the call is in `traceparent`
record SeenExchange(
        boolean sampled,
        String traceparent,
        String span,
        @Nullable String parentSpan,
        @Nullable String tracestate,
        String requestId,
        String method,
        String path,
        String protocol,
        String host,
        String scheme,
        @Nullable String userAgent,
        InetAddress client,
        @Nullable String route,
        String routePlace,
        @Nullable String service,
        @Nullable String instance,
        @Nullable String consumer,
        int attempts,
        int status,
        @Nullable FailureKind failure,
        @Nullable String message,
        @Nullable String decidedBy,
        List<PolicyStep> shadows,
        long bytesIn,
        long bytesOut,
        long startedMillis,
        long durationNanos,
        long serviceStartNanos,
        long serviceNanos) {
    static final int MAX_TEXT = 1024;

    private static final String NO_SPAN = "0000000000000000";

    static SeenExchange of(ExchangeSummary summary) {
        String state = summary.tracestate();
        return new SeenExchange(
                summary.isSampled(),
                summary.traceparent().toString(),
                orElse(text(summary.span()), NO_SPAN),
                text(summary.parentSpan()),
                state == null || state.length() > MAX_TEXT ? null : state,
                summary.requestId().toString(),
                summary.method().toString(),
                orElse(text(summary.path()), ""),
                summary.protocol(),
                orElse(text(summary.host()), ""),
                summary.scheme(),
                text(summary.header(HeaderName.USER_AGENT)),
                summary.clientAddress(),
                summary.route(),
                summary.routePlace(),
                summary.service(),
                summary.instance(),
                summary.consumer(),
                summary.attempts(),
                summary.status(),
                summary.failure(),
                text(summary.message()),
                summary.decidedBy(),
                summary.shadows(),
                summary.bytesIn(),
                summary.bytesOut(),
                summary.startedMillis(),
                summary.durationNanos(),
                summary.serviceStartNanos(),
                summary.serviceNanos());
    }

    private static @Nullable String text(@Nullable CharSequence text) {
        return text == null
                ? null
                : text.subSequence(0, Math.min(MAX_TEXT, text.length())).toString();
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    /// 32 digits.
    String traceId() {
        return traceparent.substring(3, 35);
    }

    /// The span of the call of the service, which the service hangs its own under.
    String callSpan() {
        return traceparent.substring(36, 52);
    }

    /// In nanoseconds of the epoch.
    long startNanos() {
        return startedMillis * 1_000_000;
    }

    long endNanos() {
        return startNanos() + durationNanos;
    }

    /// `GET /users/{id}`, `ANY /orders/**` → what follows the methods; null for a route with a name of its own.
    @Nullable
    String routePattern() {
        int slash = route == null ? -1 : route.indexOf(" /");
        int regex = route == null ? -1 : route.indexOf(" ~");
        int at = slash < 0 ? regex : slash;
        return route == null || at < 0 ? null : route.substring(at + 1);
    }

    /// Why it is an error, in one word that is one of few; null when it is none.
    @Nullable
    String errorType() {
        if (failure != null) {
            return failure.name();
        }
        return status >= 500 ? Integer.toString(status) : null;
    }

    /// Whether the gateway or a service is to blame. What a client did wrong is no error of ours.
    boolean isError() {
        return status >= 500 || (failure != null && failure.source() != FailureKind.Source.CLIENT);
    }
}
