package dev.gatehouse.engine.telemetry;

import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.engine.net.ShownCertificate;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of an exchange when it is over, however it ended. A view of the exchange itself, not a copy: valid
/// for the call it is given to, on the exchange's loop. Texts are views of its octets; whoever keeps one makes it a
/// String.
public interface ExchangeSummary {
    /// What [#grpcStatus] says where there is none.
    int NO_GRPC_STATUS = -1;

    // ── what was asked

    /// The id under which the exchange is found again.
    Text requestId();

    /// Empty when the head could not be read.
    Text method();

    /// In its normal form, without the query; empty when the head could not be read.
    Text path();

    /// Without its `?`; null when there was none.
    @Nullable
    Text query();

    /// `HTTP/1.1`.
    String protocol();

    /// Host and optional port the request was addressed to; may be empty.
    Text host();

    /// `http` or `https`.
    String scheme();

    /// The first value of a field of the request, or null.
    @Nullable
    Text header(HeaderName name);

    InetAddress clientAddress();

    /// What was agreed on with the client in its handshake; null when it spoke no TLS with us.
    default @Nullable ClientTls tls() {
        return null;
    }

    /// The verified certificate the client has shown; null when it has shown none.
    default @Nullable ShownCertificate certificate() {
        return null;
    }

    /// Who called, as authentication found out; null when nobody was asked, or found.
    default @Nullable Identity identity() {
        return null;
    }

    /// The name of the consumer that called; null when none did.
    default @Nullable String consumer() {
        Identity identity = identity();
        return identity == null || identity.consumer() == null
                ? null
                : identity.consumer().name();
    }

    // ── what became of it

    /// What people call the route; null when there was none.
    @Nullable
    String route();

    /// Where the route is configured; empty when there was none, or no file.
    String routePlace();

    /// The service it was sent to; null when the gateway answered by itself.
    @Nullable
    String service();

    /// The address it was sent to last, `10.0.3.11:8080`; null when no connection was tried.
    @Nullable
    String instance();

    /// How often an instance was chosen for it; 0 when the gateway answered by itself.
    int attempts();

    /// What the client was sent; 0 when it was sent no head.
    int status();

    /// The number of `grpc-status` that the client was sent, or would have been had it stayed; [#NO_GRPC_STATUS]
    /// for whatever is no call of gRPC, or had no end.
    default int grpcStatus() {
        return NO_GRPC_STATUS;
    }

    /// Why it was not served, or was cut off; null when it was served.
    @Nullable
    FailureKind failure();

    /// The name of [#failure], for lines and labels; null without one.
    default @Nullable String errorCode() {
        FailureKind failure = failure();
        return failure == null ? null : failure.name();
    }

    /// What the failure said; null without one.
    @Nullable
    String message();

    /// The policy that answered or refused, as [PolicyStep#policy] tells it; null when none did.
    @Nullable
    String decidedBy();

    /// What followed the 101 that a service sent; null when it sent another answer. A policy may have kept it from
    /// the client: then [#status] is another one.
    default @Nullable TunnelSummary tunnel() {
        return null;
    }

    /// Whether the client was sent the whole answer.
    boolean complete();

    /// What policies in shadow mode would have decided, other than to go on. Empty mostly.
    List<PolicyStep> shadows();

    /// Octets of the request's body, framing not counted.
    long bytesIn();

    /// Octets of the answer's body, framing not counted.
    long bytesOut();

    // ── when

    /// When the head was whole, in milliseconds of the epoch.
    long startedMillis();

    /// From the whole head of the request to the end of its answer, in nanoseconds.
    long durationNanos();

    /// From choosing the last instance to the head of its answer; -1 when no service answered.
    long serviceNanos();

    /// From the whole head of the request to choosing the last instance, in nanoseconds; -1 when none was chosen.
    default long serviceStartNanos() {
        return -1;
    }

    // ── trace context (W3C, or B3 told as that)

    /// `00-<trace id>-<parent id>-<flags>` as the service was sent it. With tracing the parent is the gateway's own
    /// span of the call; without, it is what the client sent if that was valid, else one that was started here.
    Text traceparent();

    /// The vendors' part of the client's context; null when there was none.
    default @Nullable String tracestate() {
        return null;
    }

    /// The gateway's span of the whole exchange, 16 digits; null without tracing.
    default @Nullable Text span() {
        return null;
    }

    /// The client's span, 16 digits; null when the trace began here, or without tracing.
    default @Nullable Text parentSpan() {
        return null;
    }

    /// Whether tracing records it.
    default boolean isSampled() {
        return false;
    }

    // ── why

    /// How all of it came about. Made on the spot when nobody recorded it: then without notes and times.
    DecisionTrace trace();

    /// Whether [#trace] was recorded as it happened.
    boolean isRecorded();
}
