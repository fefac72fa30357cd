package dev.gatehouse.engine.telemetry.recent;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of a request that never was: used again for each, as the real ones are.
final class EndedRequest implements ExchangeSummary {
    String id = "01890000-0000-7000-8000-000000000000";
    String method = "GET";
    String path = "/menus/42";

    @Nullable
    String route = "GET /menus/{id}";

    @Nullable
    String service = "menu-service";

    int status = 200;

    @Nullable
    FailureKind failure;

    @Nullable
    String decidedBy;

    boolean recorded;
    long millis = 1_000;
    long nanos = 3_000_000;
    DecisionTrace trace =
            new DecisionTrace(List.of(), List.of(), List.of(), List.of(), 0, null, null, "gateway", false);
    int traces;

    static EndedRequest served() {
        return new EndedRequest();
    }

    static EndedRequest refused(FailureKind kind) {
        EndedRequest request = new EndedRequest();
        request.failure = kind;
        request.status = kind.status();
        request.service = null;
        return request;
    }

    @Override
    public Text requestId() {
        return Text.of(id);
    }

    @Override
    public Text method() {
        return Text.of(method);
    }

    @Override
    public Text path() {
        return Text.of(path);
    }

    @Override
    public @Nullable Text query() {
        return Text.of("key=secret");
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public Text host() {
        return Text.of("api.example");
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
    public @Nullable String route() {
        return route;
    }

    @Override
    public String routePlace() {
        return "gateway.yaml:7:5";
    }

    @Override
    public @Nullable String service() {
        return service;
    }

    @Override
    public @Nullable String instance() {
        return service == null ? null : "10.0.0.3:8080";
    }

    @Override
    public int attempts() {
        return service == null ? 0 : 1;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable FailureKind failure() {
        return failure;
    }

    @Override
    public @Nullable String message() {
        return failure == null ? null : failure.title();
    }

    @Override
    public @Nullable String decidedBy() {
        return decidedBy;
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
        return millis;
    }

    @Override
    public long bytesOut() {
        return millis;
    }

    @Override
    public long startedMillis() {
        return millis;
    }

    @Override
    public long durationNanos() {
        return nanos;
    }

    @Override
    public long serviceNanos() {
        return nanos / 2;
    }

    @Override
    public Text traceparent() {
        return Text.of("");
    }

    @Override
    public DecisionTrace trace() {
        traces++;
        return trace;
    }

    @Override
    public boolean isRecorded() {
        return recorded;
    }
}
