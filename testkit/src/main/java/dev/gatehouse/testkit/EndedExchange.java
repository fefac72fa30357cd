package dev.gatehouse.testkit;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An exchange that is over, made up for a test of what watches exchanges. It starts as a recorded `GET /menus/7`
/// that a service answered 200 after 5 ms; each method changes one thing of it.
public final class EndedExchange implements ExchangeSummary {
    private final Map<HeaderName, Text> headers = new HashMap<>();
    private final List<PolicyStep> shadows = new ArrayList<>();
    private Text method = Text.of("GET");
    private Text path = Text.of("/menus/7");
    private Text host = Text.of("shop.example:8443");
    private @Nullable String route = "GET /menus/{id}";
    private String routePlace = "gateway.yaml:12:5";
    private @Nullable String service = "menu";
    private @Nullable String instance = "10.0.2.11:8080";
    private int attempts = 1;
    private int status = 200;
    private @Nullable FailureKind failure;
    private @Nullable String message;
    private @Nullable String decidedBy;
    private long startedMillis = 1_700_000_000_000L;
    private long serviceNanos = 5_000_000;
    private Text traceparent = Text.of("00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-03");
    private @Nullable String tracestate;
    private @Nullable Text parentSpan;
    private boolean sampled = true;

    public EndedExchange request(String method, String path) {
        this.method = Text.of(method);
        this.path = Text.of(path);
        return this;
    }

    public EndedExchange host(String authority) {
        this.host = Text.of(authority);
        return this;
    }

    public EndedExchange header(HeaderName name, String value) {
        headers.put(name, Text.of(value));
        return this;
    }

    /// @param label what people call it; null for none
    public EndedExchange route(@Nullable String label) {
        this.route = label;
        this.routePlace = label == null ? "" : routePlace;
        return this;
    }

    public EndedExchange status(int status) {
        this.status = status;
        return this;
    }

    public EndedExchange attempts(int attempts) {
        this.attempts = attempts;
        return this;
    }

    /// Without an answer of a service.
    public EndedExchange failed(FailureKind kind, String message) {
        this.failure = kind;
        this.message = message;
        this.status = kind.status();
        this.serviceNanos = -1;
        return this;
    }

    /// Answered by the gateway, since a policy wanted it so.
    public EndedExchange decidedBy(String policy) {
        this.decidedBy = policy;
        this.service = null;
        this.instance = null;
        this.attempts = 0;
        this.serviceNanos = -1;
        return this;
    }

    public EndedExchange shadow(PolicyStep step) {
        shadows.add(step);
        return this;
    }

    public EndedExchange startedAt(long epochMillis) {
        this.startedMillis = epochMillis;
        return this;
    }

    public EndedExchange unsampled() {
        this.sampled = false;
        this.traceparent = Text.of(traceparent.toString().replaceFirst("03$", "02"));
        return this;
    }

    /// In a trace that another one began.
    public EndedExchange under(String parentSpan, @Nullable String tracestate) {
        this.parentSpan = Text.of(parentSpan);
        this.tracestate = tracestate;
        return this;
    }

    @Override
    public Text requestId() {
        return Text.of("0199d1c0-5f5e-7c3a-8a3b-1f2e3d4c5b6a");
    }

    @Override
    public Text method() {
        return method;
    }

    @Override
    public Text path() {
        return path;
    }

    @Override
    public @Nullable Text query() {
        return Text.of("token=s3cret");
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public Text host() {
        return host;
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        return headers.get(name);
    }

    @Override
    public InetAddress clientAddress() {
        return InetAddress.ofLiteral("203.0.113.9");
    }

    @Override
    public @Nullable String route() {
        return route;
    }

    @Override
    public String routePlace() {
        return routePlace;
    }

    @Override
    public @Nullable String service() {
        return service;
    }

    @Override
    public @Nullable String instance() {
        return instance;
    }

    @Override
    public int attempts() {
        return attempts;
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
        return message;
    }

    @Override
    public @Nullable String decidedBy() {
        return decidedBy;
    }

    @Override
    public boolean complete() {
        return failure == null;
    }

    @Override
    public List<PolicyStep> shadows() {
        return List.copyOf(shadows);
    }

    @Override
    public long bytesIn() {
        return 0;
    }

    @Override
    public long bytesOut() {
        return 42;
    }

    @Override
    public long startedMillis() {
        return startedMillis;
    }

    @Override
    public long durationNanos() {
        return 7_000_000;
    }

    @Override
    public long serviceStartNanos() {
        return attempts == 0 ? -1 : 1_000_000;
    }

    @Override
    public long serviceNanos() {
        return serviceNanos;
    }

    @Override
    public Text traceparent() {
        return traceparent;
    }

    @Override
    public @Nullable String tracestate() {
        return tracestate;
    }

    @Override
    public Text span() {
        return Text.of("53995c3f42cd8ad8");
    }

    @Override
    public @Nullable Text parentSpan() {
        return parentSpan;
    }

    @Override
    public boolean isSampled() {
        return sampled;
    }

    @Override
    public DecisionTrace trace() {
        return new DecisionTrace(List.of(), List.of(), List.of(), List.of(), status, null, message, "service", false);
    }

    @Override
    public boolean isRecorded() {
        return false;
    }
}
