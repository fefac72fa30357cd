package dev.gatehouse.otel;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import org.jspecify.annotations.Nullable;

/// The ids of an exchange as the SDK has them.
final class TraceIds {
    private static final int FLAGS_AT = 53;

    private final String trace;
    private final TraceFlags flags;
    private final TraceState state;
    private final SeenExchange exchange;

    TraceIds(SeenExchange exchange) {
        this.exchange = exchange;
        this.trace = exchange.traceId();
        this.flags = TraceFlags.fromHex(exchange.traceparent(), FLAGS_AT);
        this.state = state(exchange.tracestate());
    }

    /// The gateway's span of the whole exchange.
    SpanContext server() {
        return SpanContext.create(trace, exchange.span(), flags, state);
    }

    /// The gateway's span of the call of the service.
    SpanContext call() {
        return SpanContext.create(trace, exchange.callSpan(), flags, state);
    }

    /// The client's span, or an invalid one when the trace began here.
    SpanContext parent() {
        String parent = exchange.parentSpan();
        return parent == null
                ? SpanContext.getInvalid()
                : SpanContext.createFromRemoteParent(trace, parent, flags, state);
    }

    /// `a=1,b=2` (W3C Trace Context §3.3.1); members that are none are left out.
    private static TraceState state(@Nullable String text) {
        if (text == null) {
            return TraceState.getDefault();
        }
        String[] members = text.split(",", -1);
        TraceStateBuilder state = TraceState.builder();
        // The builder puts each in front of those before it.
        for (int i = members.length - 1; i >= 0; i--) {
            int equals = members[i].indexOf('=');
            if (equals > 0) {
                state.put(
                        members[i].substring(0, equals).strip(),
                        members[i].substring(equals + 1).strip());
            }
        }
        return state.build();
    }
}
