package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Body;
import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.template.Facts;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request with credentials, what was taken out of it, and whom it made the gateway call.
public final class TestExchange implements Exchange {
    private final Map<HeaderName, List<Text>> headers = new HashMap<>();
    private final Map<Attribute<?>, @Nullable Object> attributes = new HashMap<>();
    private final Network network;
    private @Nullable String query;
    private boolean asksOnly;
    private String method = "GET";
    private String path = "/orders";
    private String host = "api.example.com";
    private InetAddress client = InetAddress.ofLiteral("192.0.2.1");
    private @Nullable X509Certificate certificate;
    private Body body = Body.EMPTY;
    public final List<String> removed = new ArrayList<>();
    public final List<String> rules = new ArrayList<>();
    public final Map<HeaderName, String> set = new HashMap<>();

    /// Who is called, and what it says.
    public static final class Network {
        public final List<HttpRequest> calls = new ArrayList<>();
        public final List<CompletableFuture<Void>> timers = new ArrayList<>();
        public Function<HttpRequest, CompletableFuture<HttpResponse<byte[]>>> answer =
                _ -> CompletableFuture.failedFuture(new java.net.ConnectException("refused"));
    }

    public TestExchange(Network network) {
        this.network = network;
    }

    /// A request to somebody who may call nobody.
    public TestExchange() {
        this(new Network());
    }

    /// With `Authorization: Bearer …`.
    public static TestExchange bearing(String token) {
        return new TestExchange().header("Authorization", "Bearer " + token);
    }

    public TestExchange header(String name, String value) {
        headers.computeIfAbsent(HeaderName.of(name), _ -> new ArrayList<>()).add(Text.of(value));
        return this;
    }

    public TestExchange query(String text) {
        query = text;
        return this;
    }

    /// @param line method and path
    public TestExchange line(String line) {
        method = line.substring(0, line.indexOf(' '));
        path = line.substring(line.indexOf(' ') + 1);
        return this;
    }

    public TestExchange host(String name) {
        host = name;
        return this;
    }

    public TestExchange from(String address) {
        client = InetAddress.ofLiteral(address);
        return this;
    }

    /// Over a connection whose client has shown this.
    public TestExchange certificate(X509Certificate shown) {
        certificate = shown;
        return this;
    }

    public TestExchange body(String text) {
        body = Body.of(text);
        return this;
    }

    /// Of `explain`.
    public TestExchange asksOnly() {
        asksOnly = true;
        return this;
    }

    @Override
    public RequestHead request() {
        return new Head();
    }

    @Override
    public Body requestBody() {
        return body;
    }

    @Override
    public String requestId() {
        return "0198-id";
    }

    @Override
    public String route() {
        return "GET /orders";
    }

    @Override
    public Facts facts() {
        return _ -> null;
    }

    @Override
    public Mode mode() {
        return asksOnly ? Mode.EXPLAIN : Mode.LIVE;
    }

    @Override
    public List<Text> requestHeaders(HeaderName name) {
        throw new UnsupportedOperationException("nobody asks for it here");
    }

    @Override
    public void setRequestHeader(HeaderName name, String value) {
        set.put(name, value);
    }

    @Override
    public void addRequestHeader(HeaderName name, String value) {
        set.put(name, value);
    }

    @Override
    public void removeRequestHeader(HeaderName name) {
        removed.add("header " + name);
        set.remove(name);
    }

    @Override
    public void removeRequestCookie(String name) {
        removed.add("cookie " + name);
    }

    @Override
    public void removeRequestParameter(String name) {
        removed.add("parameter " + name);
    }

    @Override
    @SuppressWarnings("unchecked") // as it was set
    public <T> @Nullable T get(Attribute<T> attribute) {
        return (T) attributes.get(attribute);
    }

    @Override
    public <T> void set(Attribute<T> attribute, @Nullable T value) {
        attributes.put(attribute, value);
    }

    @Override
    public void note(String fact) {}

    @Override
    public void rule(String name, String place) {
        rules.add(name + " " + place);
    }

    @Override
    public boolean isRecorded() {
        return asksOnly;
    }

    @Override
    public <S extends SharedState<S>> S state(StateRef<S> ref) {
        S state = ((TestContext.Ref<S>) ref).state().get();
        return asksOnly ? state.peek() : state;
    }

    @Override
    public void count(Counter counter) {
        counter.add(1);
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        network.timers.add(timer);
        return timer;
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(HttpRequest request, int limit) {
        if (asksOnly) {
            return CompletableFuture.failedFuture(new dev.gatehouse.api.NeedsNetworkException());
        }
        network.calls.add(request);
        return network.answer.apply(request);
    }

    @Override
    public <T> CompletableFuture<T> onLoop(CompletionStage<? extends T> stage) {
        return stage.<T>thenApply(value -> value).toCompletableFuture();
    }

    private final class Head implements RequestHead {
        @Override
        public String method() {
            return method;
        }

        @Override
        public String scheme() {
            return "https";
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public @Nullable String query() {
            return query;
        }

        @Override
        public @Nullable Text header(HeaderName name) {
            List<Text> values = headers(name);
            return values.isEmpty() ? null : values.getFirst();
        }

        @Override
        public List<Text> headers(HeaderName name) {
            return headers.getOrDefault(name, List.of());
        }

        @Override
        public InetAddress clientAddress() {
            return client;
        }

        @Override
        public @Nullable ClientTls tls() {
            return null;
        }

        @Override
        public @Nullable X509Certificate clientCertificate() {
            return certificate;
        }

        @Override
        public long bodyLength() {
            return body.length();
        }
    }
}
