package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.TcpEnding;
import dev.gatehouse.engine.telemetry.TcpSummary;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A connection that was passed on, seen as a line of the access log sees an exchange: what only requests have is
/// missing, the host is the one the client named in its TLS, and the error is how it ended, if not well.
///
/// @param connection what is known of it
record ConnectionView(TcpSummary connection) implements ExchangeSummary {
    private static final Text NONE = Text.of("");

    @Override
    public Text requestId() {
        return Text.of(connection.id());
    }

    @Override
    public Text method() {
        return NONE;
    }

    @Override
    public Text path() {
        return NONE;
    }

    @Override
    public @Nullable Text query() {
        return null;
    }

    /// `TCP` or `TLS`.
    @Override
    public String protocol() {
        return connection.protocol().toUpperCase(Locale.ROOT);
    }

    @Override
    public Text host() {
        String named = connection.host();
        return named == null ? NONE : Text.of(named);
    }

    @Override
    public String scheme() {
        return connection.protocol();
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        return null;
    }

    @Override
    public InetAddress clientAddress() {
        return connection.clientAddress();
    }

    /// The listener: it stands in the place of a route.
    @Override
    public String route() {
        return connection.listener();
    }

    @Override
    public String routePlace() {
        return "";
    }

    @Override
    public @Nullable String service() {
        return connection.service();
    }

    @Override
    public @Nullable String instance() {
        return connection.instance();
    }

    @Override
    public int attempts() {
        return connection.attempts();
    }

    /// There is none.
    @Override
    public int status() {
        return 0;
    }

    @Override
    public @Nullable FailureKind failure() {
        return null;
    }

    @Override
    public @Nullable String errorCode() {
        TcpEnding ending = connection.ending();
        return ending.isFailure() ? ending.name() : null;
    }

    @Override
    public @Nullable String message() {
        return null;
    }

    @Override
    public @Nullable String decidedBy() {
        return null;
    }

    @Override
    public boolean complete() {
        return !connection.ending().isFailure();
    }

    @Override
    public List<PolicyStep> shadows() {
        return List.of();
    }

    @Override
    public long bytesIn() {
        return connection.bytesIn();
    }

    @Override
    public long bytesOut() {
        return connection.bytesOut();
    }

    @Override
    public long startedMillis() {
        return connection.startedMillis();
    }

    @Override
    public long durationNanos() {
        return connection.durationNanos();
    }

    @Override
    public long serviceNanos() {
        return -1;
    }

    @Override
    public Text traceparent() {
        return NONE;
    }

    /// A line never asks for it.
    @Override
    public DecisionTrace trace() {
        throw new UnsupportedOperationException("nothing was decided about a connection");
    }

    @Override
    public boolean isRecorded() {
        return false;
    }
}
