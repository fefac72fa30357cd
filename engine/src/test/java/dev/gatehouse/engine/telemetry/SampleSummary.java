package dev.gatehouse.engine.telemetry;

import static dev.gatehouse.engine.net.CertificatesOfRfc9440.CLIENT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.engine.net.CertificatesOfRfc9440;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.net.ShownCertificate;
import dev.gatehouse.engine.net.TlsFacts;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of an exchange that never was: `GET /menus/r42`, answered 200 by a service after 3.142 ms, unless a
/// test says otherwise. Texts are octets in UTF-8.
public final class SampleSummary implements ExchangeSummary {
    private static final Text REQUEST_ID = Text.of("0192f0c1-7a3b-7c4d-8e5f-001122334455");
    private static final Text HOST = Text.of("shop.example:8080");

    private final Map<HeaderName, Text> headers = new HashMap<>(Map.of(HeaderName.USER_AGENT, Text.of("curl/8.5.0")));
    private Text method = Text.of("GET");
    private Text path = Text.of("/menus/r42");
    private @Nullable Text query;
    private @Nullable Identity identity;
    private InetAddress client = Objects.requireNonNull(IpAddress.parse("203.0.113.7"));
    private @Nullable String route = "GET /menus/{restaurantId}";
    private @Nullable String service = "menu-service";
    private @Nullable String instance = "10.0.2.11:8080";
    private int status = 200;
    private int grpcStatus = NO_GRPC_STATUS;
    private @Nullable FailureKind failure;
    private @Nullable String message;
    private boolean complete = true;
    private long durationNanos = 3_142_999;
    private Text traceparent = Text.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    public SampleSummary withPath(String other) {
        path = utf8(other);
        return this;
    }

    public SampleSummary withPath(byte[] octets) {
        path = Text.view(octets, 0, octets.length);
        return this;
    }

    public SampleSummary withQuery(String other) {
        query = utf8(other);
        return this;
    }

    public SampleSummary withHeader(String name, String value) {
        headers.put(HeaderName.of(name), utf8(value));
        return this;
    }

    public SampleSummary withoutHeaders() {
        headers.clear();
        return this;
    }

    public SampleSummary withClient(String address) {
        client = Objects.requireNonNull(IpAddress.parse(address));
        return this;
    }

    public SampleSummary withIdentity(Identity found) {
        identity = found;
        return this;
    }

    @Override
    public @Nullable Identity identity() {
        return identity;
    }

    public SampleSummary withRoute(@Nullable String other) {
        route = other;
        return this;
    }

    public SampleSummary withStatus(int other) {
        status = other;
        return this;
    }

    public SampleSummary withGrpcStatus(int told) {
        grpcStatus = told;
        return this;
    }

    public SampleSummary withDuration(long nanos) {
        durationNanos = nanos;
        return this;
    }

    public SampleSummary withTraceparent(String other) {
        traceparent = Text.of(other);
        return this;
    }

    /// Refused by the gateway, before a route or a service was found.
    public SampleSummary refused(FailureKind kind, String because) {
        failure = kind;
        message = because;
        status = kind.status();
        route = null;
        service = null;
        instance = null;
        return this;
    }

    /// The client left before it was sent a head.
    public SampleSummary left() {
        failure = FailureKind.CLIENT_LEFT;
        status = 0;
        complete = false;
        return this;
    }

    private static Text utf8(String text) {
        byte[] octets = text.getBytes(UTF_8);
        return Text.view(octets, 0, octets.length);
    }

    @Override
    public Text requestId() {
        return REQUEST_ID;
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
        return query;
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
        return headers.get(name);
    }

    @Override
    public InetAddress clientAddress() {
        return client;
    }

    @Override
    public ClientTls tls() {
        return new TlsFacts(
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                "shop.example",
                null,
                List.of(CertificatesOfRfc9440.certificate(CLIENT)));
    }

    @Override
    public ShownCertificate certificate() {
        return new ShownCertificate(tls().clientCertificates());
    }

    @Override
    public @Nullable String route() {
        return route;
    }

    @Override
    public String routePlace() {
        return "gateway.yaml:85:9";
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
        return service == null ? 0 : 1;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public int grpcStatus() {
        return grpcStatus;
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
        return null;
    }

    @Override
    public boolean complete() {
        return complete;
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

    /// 2026-11-22T12:04:31.123Z
    @Override
    public long startedMillis() {
        return 1_795_349_071_123L;
    }

    @Override
    public long durationNanos() {
        return durationNanos;
    }

    @Override
    public long serviceNanos() {
        return service == null ? -1 : 2_700_000;
    }

    @Override
    public Text traceparent() {
        return traceparent;
    }

    @Override
    public DecisionTrace trace() {
        return new DecisionTrace(
                List.of(), List.of(), List.of(), List.of(), status, null, message, "service", isRecorded());
    }

    @Override
    public boolean isRecorded() {
        return false;
    }
}
