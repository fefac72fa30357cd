package dev.gatehouse.benchmarks;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a browser's request: answered well, or as it is told. Like the gateway's own, it makes a view of
/// its octets
/// once, and no String.
final class BrowsersExchange implements ExchangeSummary {
    private static final Text METHOD = Text.of("GET");
    private static final Text HOST = Text.of("shop.example");
    private static final Text USER_AGENT = Text.of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
            + " (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36");

    private final Text id;
    private final Text path;
    private final Text traceparent;
    private final InetAddress client;
    private final long started;
    private final String route;
    private final Text method;
    private final int status;
    private final @Nullable FailureKind failure;
    private final long duration;
    private final long service;

    /// One that a service answered well.
    BrowsersExchange(int number) {
        this(number, "GET /menus/restaurants/{restaurantId}/today", METHOD, 200, null, 1_000_000L + number * 12_345L);
    }

    /// @param duration in nanoseconds
    BrowsersExchange(int number, String route, Text method, int status, @Nullable FailureKind failure, long duration) {
        this.route = route;
        this.method = method;
        this.status = status;
        this.failure = failure;
        this.duration = duration;
        service = failure == null ? duration - 60_000 : -1;
        id = Text.of("0192f0c1-7a3b-7c4d-8e5f-%012x".formatted(number));
        path = Text.of("/menus/restaurants/" + number * 7919L + "/today");
        traceparent = Text.of("00-4bf92f3577b34da6a3ce929d%08x-00f067aa0ba902b7-01".formatted(number));
        client = Objects.requireNonNull(IpAddress.parse("203.0.113." + (number & 0xff)));
        started = 1_795_349_071_000L + number * 3L;
    }

    @Override
    public Text requestId() {
        return id;
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
        return null;
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public Text host() {
        return HOST;
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        return name.equals(HeaderName.USER_AGENT) ? USER_AGENT : null;
    }

    @Override
    public InetAddress clientAddress() {
        return client;
    }

    @Override
    public String route() {
        return route;
    }

    @Override
    public String routePlace() {
        return "gateway.yaml:85:9";
    }

    @Override
    public String service() {
        return "menu-service";
    }

    @Override
    public String instance() {
        return "10.0.2.11:8080";
    }

    @Override
    public int attempts() {
        return 1;
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
        return started;
    }

    @Override
    public long durationNanos() {
        return duration;
    }

    @Override
    public long serviceNanos() {
        return service;
    }

    @Override
    public Text traceparent() {
        return traceparent;
    }

    @Override
    public DecisionTrace trace() {
        return new DecisionTrace(
                List.of(), List.of(), List.of(), List.of(), status(), null, null, "service", isRecorded());
    }

    @Override
    public boolean isRecorded() {
        return false;
    }
}
