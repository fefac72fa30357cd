package dev.gatehouse.policy;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Body;
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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One request as a test writes it, what a policy made of it, and whom it made the gateway call.
public final class FakeExchange implements Exchange {
    private record Field(HeaderName name, String value) {}

    private final FakeNetwork network;
    private final FakeHead head = new FakeHead();
    private final List<Field> sent = new ArrayList<>();
    private final Map<HeaderName, String> added = new HashMap<>();
    private final List<String> removed = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> queryFacts = new HashMap<>();
    private final Map<Attribute<?>, @Nullable Object> attributes = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private Body body = new UnreadBody(0);
    private Mode mode = Mode.LIVE;

    /// To somebody who calls others.
    public FakeExchange(FakeNetwork network) {
        this.network = network;
    }

    public FakeExchange() {
        this(new FakeNetwork());
    }

    /// A request without fields and body, from 192.0.2.1.
    public static FakeExchange get() {
        return new FakeExchange();
    }

    /// With `Authorization: Bearer …`.
    public static FakeExchange bearing(String token) {
        return get().header("Authorization", "Bearer " + token);
    }

    // ── what is asked
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// @param line method and path
    public FakeExchange line(String line) {
        head.method = line.substring(0, line.indexOf(' '));
        head.path = line.substring(line.indexOf(' ') + 1);
        return this;
    }

    public FakeExchange method(String name) {
        head.method = name;
        return this;
    }

    public FakeExchange https() {
        head.scheme = "https";
        return this;
    }

    public FakeExchange host(String name) {
        head.host = name;
        return this;
    }

    public FakeExchange header(String name, String value) {
        head.fields.computeIfAbsent(HeaderName.of(name), _ -> new ArrayList<>()).add(Text.of(value));
        sent.add(new Field(HeaderName.of(name), value));
        return this;
    }

    /// Of the route's path.
    public FakeExchange parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /// As it is sent.
    public FakeExchange query(String text) {
        head.query = text;
        return this;
    }

    /// As facts know it.
    ///
    /// @param value decoded
    public FakeExchange query(String name, String value) {
        queryFacts.put(name, value);
        return this;
    }

    public FakeExchange from(String address) {
        return from(InetAddress.ofLiteral(address));
    }

    public FakeExchange from(InetAddress address) {
        head.client = address;
        return this;
    }

    /// Over a connection whose client has shown this.
    public FakeExchange certificate(X509Certificate shown) {
        head.certificate = shown;
        return this;
    }

    public FakeExchange body(String text) {
        body = Body.of(text);
        return this;
    }

    /// One that nobody reads.
    ///
    /// @param length in octets, -1 for one that is not declared
    public FakeExchange body(long length) {
        body = new UnreadBody(length);
        return this;
    }

    /// Of `explain`.
    public FakeExchange asksOnly() {
        mode = Mode.EXPLAIN;
        return this;
    }

    // ── what became of it
    // ────────────────────────────────────────────────────────────────────────────────────────────

    /// The fields the service would be sent: `Name: value`.
    public List<String> sent() {
        return sent.stream().map(field -> field.name() + ": " + field.value()).toList();
    }

    /// The fields that were set or added and are still there.
    public Map<HeaderName, String> added() {
        return added;
    }

    /// What was taken out, in order: `header X-Key`, `cookie sid`, `parameter key`.
    public List<String> removed() {
        return removed;
    }

    public List<String> notes() {
        return notes;
    }

    /// The rules that decided, each with its place, as policies told them.
    public List<String> rules() {
        return rules;
    }

    /// The least limit of the body, or -1.
    public long bodyLimit() {
        return ((UnreadBody) body).limit();
    }

    // ── for policies
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public RequestHead request() {
        head.length = body.length();
        return head;
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
            case "query" -> queryFacts.get(reference.name());
            case "header" -> head.header(HeaderName.of(reference.name()));
            case "client" -> head.client.getHostAddress();
            case "request" -> reference.name().equals("id") ? requestId() : null;
            default -> null;
        };
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public List<Text> requestHeaders(HeaderName name) {
        return sent.stream()
                .filter(field -> field.name().equals(name))
                .map(field -> Text.of(field.value()))
                .toList();
    }

    @Override
    public void setRequestHeader(HeaderName name, String value) {
        takeOut(name);
        addRequestHeader(name, value);
    }

    @Override
    public void addRequestHeader(HeaderName name, String value) {
        sent.add(new Field(FieldValues.editable(name), FieldValues.checked(value)));
        added.put(name, value);
    }

    @Override
    public void removeRequestHeader(HeaderName name) {
        takeOut(name);
        removed.add("header " + name);
    }

    private void takeOut(HeaderName name) {
        sent.removeIf(field -> field.name().equals(FieldValues.editable(name)));
        added.remove(name);
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
    public void rule(String name, String place) {
        rules.add(name + " " + place);
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
        S state = ((FakeState<S>) ref).state().get();
        return mode == Mode.EXPLAIN ? state.peek() : state;
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
    public <T> CompletableFuture<T> onLoop(CompletionStage<? extends T> stage) {
        return stage.<T>thenApply(value -> value).toCompletableFuture();
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(HttpRequest request, int limit) {
        if (mode == Mode.EXPLAIN) {
            return CompletableFuture.failedFuture(new NeedsNetworkException());
        }
        network.calls.add(request);
        return network.answer.apply(request);
    }
}
