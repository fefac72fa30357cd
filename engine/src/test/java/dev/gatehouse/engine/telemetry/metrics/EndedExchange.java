package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exchange that is over, as a test wants it. What metrics have no business with is not there.
record EndedExchange(
        Text method,
        @Nullable String route,
        @Nullable String service,
        int status,
        @Nullable FailureKind failure,
        long durationNanos,
        long serviceNanos,
        long bytesIn,
        long bytesOut,
        List<PolicyStep> shadows)
        implements ExchangeSummary {
    /// 200 after five milliseconds, four of which were the service's.
    static EndedExchange of(String method, @Nullable String route) {
        return new EndedExchange(
                Text.of(method), route, "menu-service", 200, null, 5_000_000, 4_000_000, 10, 1024, List.of());
    }

    EndedExchange to(@Nullable String other) {
        return new EndedExchange(
                method, route, other, status, failure, durationNanos, serviceNanos, bytesIn, bytesOut, shadows);
    }

    EndedExchange answered(int other) {
        return new EndedExchange(
                method, route, service, other, failure, durationNanos, serviceNanos, bytesIn, bytesOut, shadows);
    }

    /// By the gateway itself.
    EndedExchange failed(FailureKind kind) {
        return new EndedExchange(
                method, route, service, kind.status(), kind, durationNanos, -1, bytesIn, bytesOut, shadows);
    }

    EndedExchange took(long nanos, long ofService) {
        return new EndedExchange(method, route, service, status, failure, nanos, ofService, bytesIn, bytesOut, shadows);
    }

    EndedExchange shadowed(PolicyStep... steps) {
        return new EndedExchange(
                method,
                route,
                service,
                status,
                failure,
                durationNanos,
                serviceNanos,
                bytesIn,
                bytesOut,
                List.of(steps));
    }

    @Override
    public Text requestId() {
        throw unasked();
    }

    @Override
    public Text path() {
        throw unasked();
    }

    @Override
    public @Nullable Text query() {
        throw unasked();
    }

    @Override
    public String protocol() {
        throw unasked();
    }

    @Override
    public Text host() {
        throw unasked();
    }

    @Override
    public String scheme() {
        throw unasked();
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        throw unasked();
    }

    @Override
    public InetAddress clientAddress() {
        throw unasked();
    }

    @Override
    public String routePlace() {
        throw unasked();
    }

    @Override
    public @Nullable String instance() {
        throw unasked();
    }

    @Override
    public int attempts() {
        throw unasked();
    }

    @Override
    public @Nullable String message() {
        throw unasked();
    }

    @Override
    public @Nullable String decidedBy() {
        throw unasked();
    }

    @Override
    public boolean complete() {
        throw unasked();
    }

    @Override
    public long startedMillis() {
        throw unasked();
    }

    @Override
    public Text traceparent() {
        throw unasked();
    }

    @Override
    public DecisionTrace trace() {
        throw unasked();
    }

    @Override
    public boolean isRecorded() {
        throw unasked();
    }

    private static AssertionError unasked() {
        return new AssertionError("metrics tell nothing of a single request");
    }
}
