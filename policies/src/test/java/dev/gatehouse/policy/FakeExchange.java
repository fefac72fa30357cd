package dev.gatehouse.policy;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Body;
import dev.gatehouse.api.ChunkTransform;
import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Reference;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One request as a test writes it, and what a policy made of it. Without state, metrics and network.
public final class FakeExchange implements Exchange {
    private record Field(HeaderName name, String value) {}

    private final List<Field> received = new ArrayList<>();
    private final List<Field> sent = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> query = new HashMap<>();
    private final Map<Attribute<?>, @Nullable Object> attributes = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final LimitedBody body = new LimitedBody();
    private String scheme = "http";
    private String rule = "";
    private String method = "GET";
    private InetAddress client = InetAddress.ofLiteral("192.0.2.1");

    /// A request without fields and body, from 192.0.2.1.
    public static FakeExchange get() {
        return new FakeExchange();
    }

    public FakeExchange header(String name, String value) {
        received.add(new Field(HeaderName.of(name), value));
        sent.add(new Field(HeaderName.of(name), value));
        return this;
    }

    public FakeExchange parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /// @param value decoded
    public FakeExchange query(String name, String value) {
        query.put(name, value);
        return this;
    }

    public FakeExchange from(InetAddress address) {
        client = address;
        return this;
    }

    public FakeExchange method(String name) {
        method = name;
        return this;
    }

    public FakeExchange https() {
        scheme = "https";
        return this;
    }

    /// @param length in octets, -1 for one that is not declared
    public FakeExchange body(long length) {
        body.length = length;
        return this;
    }

    /// The fields the service would be sent: `Name: value`.
    public List<String> sent() {
        return sent.stream().map(field -> field.name() + ": " + field.value()).toList();
    }

    public List<String> notes() {
        return notes;
    }

    /// The rule that decided, as the policy told it; empty when it told none.
    public String rule() {
        return rule;
    }

    /// The least limit of the body, or -1.
    public long bodyLimit() {
        return body.limit;
    }

    private static List<Text> texts(List<Field> fields, HeaderName name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(field -> Text.of(field.value()))
                .toList();
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
        return "GET /menus/{id}";
    }

    @Override
    public Facts facts() {
        return this::fact;
    }

    private @Nullable CharSequence fact(Reference reference) {
        return switch (reference.group()) {
            case Reference.PARAMETER -> parameters.get(reference.name());
            case "query" -> query.get(reference.name());
            case "header" -> request().header(HeaderName.of(reference.name()));
            case "client" -> client.getHostAddress();
            case "request" -> reference.name().equals("id") ? requestId() : null;
            default -> null;
        };
    }

    @Override
    public Mode mode() {
        return Mode.LIVE;
    }

    @Override
    public List<Text> requestHeaders(HeaderName name) {
        return texts(sent, name);
    }

    @Override
    public void setRequestHeader(HeaderName name, String value) {
        removeRequestHeader(name);
        addRequestHeader(name, value);
    }

    @Override
    public void addRequestHeader(HeaderName name, String value) {
        sent.add(new Field(FieldValues.editable(name), FieldValues.checked(value)));
    }

    @Override
    public void removeRequestHeader(HeaderName name) {
        sent.removeIf(field -> field.name().equals(FieldValues.editable(name)));
    }

    @Override
    public void removeRequestCookie(String name) {
        throw new UnsupportedOperationException("no cookies here");
    }

    @Override
    public void removeRequestParameter(String name) {
        throw new UnsupportedOperationException("no query here");
    }

    @Override
    public void rule(String name, String place) {
        rule = name;
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
    public void note(String fact) {
        notes.add(fact);
    }

    @Override
    public boolean isRecorded() {
        return true;
    }

    @Override
    public <S extends SharedState<S>> S state(StateRef<S> ref) {
        throw new UnsupportedOperationException("no state here");
    }

    @Override
    public void count(Counter counter) {
        throw new UnsupportedOperationException("no metrics here");
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public <T> CompletableFuture<T> onLoop(CompletionStage<? extends T> stage) {
        return stage.<T>thenApply(value -> value).toCompletableFuture();
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(HttpRequest request, int limit) {
        return CompletableFuture.failedFuture(new NeedsNetworkException());
    }

    private final class Head implements RequestHead {
        @Override
        public String method() {
            return method;
        }

        @Override
        public String scheme() {
            return scheme;
        }

        @Override
        public String host() {
            return "api.example.com";
        }

        @Override
        public String path() {
            return "/menus/r42";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public @Nullable Text header(HeaderName name) {
            List<Text> values = headers(name);
            return values.isEmpty() ? null : values.getFirst();
        }

        @Override
        public List<Text> headers(HeaderName name) {
            return texts(received, name);
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
        public long bodyLength() {
            return body.length;
        }
    }

    /// Knows only how long it is, and how long it may be.
    private static final class LimitedBody implements Body {
        private long length;
        private long limit = -1;

        @Override
        public long length() {
            return length;
        }

        @Override
        public void map(ChunkTransform transform) {
            throw new UnsupportedOperationException("no octets here");
        }

        @Override
        public CompletionStage<byte[]> collect(int octets) {
            throw new UnsupportedOperationException("no octets here");
        }

        @Override
        public void limit(long octets) {
            limit = limit < 0 ? octets : Math.min(limit, octets);
        }

        @Override
        public void replace(byte[] octets) {
            throw new UnsupportedOperationException("no octets here");
        }
    }
}
