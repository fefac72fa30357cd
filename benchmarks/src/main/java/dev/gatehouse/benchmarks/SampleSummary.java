package dev.gatehouse.benchmarks;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exchange that is over: a GET with a 1 KiB answer, unless told otherwise.
record SampleSummary(
        @Nullable String route,
        Text method,
        int status,
        @Nullable FailureKind failure,
        long durationNanos,
        long serviceNanos)
        implements ExchangeSummary {
    private static final Text EMPTY = Text.of("");

    @Override
    public Text requestId() {
        return EMPTY;
    }

    @Override
    public Text path() {
        return EMPTY;
    }

    @Override
    public @Nullable Text query() {
        return null;
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public Text host() {
        return EMPTY;
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        return null;
    }

    @Override
    public InetAddress clientAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String routePlace() {
        return "";
    }

    @Override
    public @Nullable String service() {
        return "menu-service";
    }

    @Override
    public @Nullable String instance() {
        return null;
    }

    @Override
    public int attempts() {
        return 1;
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
        return true;
    }

    @Override
    public List<PolicyStep> shadows() {
        return List.of();
    }

    @Override
    public long bytesIn() {
        return 0;
    }

    @Override
    public long bytesOut() {
        return 1024;
    }

    @Override
    public long startedMillis() {
        return 0;
    }

    @Override
    public Text traceparent() {
        return EMPTY;
    }

    @Override
    public DecisionTrace trace() {
        throw new UnsupportedOperationException("metrics do not ask why");
    }

    @Override
    public boolean isRecorded() {
        return false;
    }
}
