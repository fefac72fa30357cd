package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.target.PathParameters;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request and its answer, driven from the whole head to the summary.
///
/// ```
/// begin ─► provenance ─► body limit ─► route ─► policies ↓ ─► target ─► answer ─► policies ↑ ─► answerEnd ─► finish
///                             └───────────┴─────────┴───────────┴─ fail ─► error answer, or abort ───────────┘
/// ```
///
/// Lives on one event loop. Used again after [#finish]: nobody may keep it.
public final class ExchangeDriver implements Exchange, TargetClient {
    private static final byte[] REQUEST_ID = "X-Request-Id".getBytes(US_ASCII);
    private static final byte[] VIA = "Via".getBytes(US_ASCII);
    private static final byte[] VIA_1_1 = "1.1 gatehouse".getBytes(US_ASCII);
    private static final HeaderName VIA_FIELD = HeaderName.of("Via");
    private static final byte[] DATE = "Date".getBytes(US_ASCII);
    private static final int RETRY_AFTER_SHUTDOWN = 1;

    private final ExchangePool pool;
    private final Loop loop;
    private final ParsedRequest request = new ParsedRequest();
    private final ParsedResponse response = new ParsedResponse();
    private final FieldEdits requestEdits = new FieldEdits();
    private final FieldEdits responseEdits = new FieldEdits();
    private final Provenance provenance;
    private final RequestView view;
    private final RequestFacts facts;
    private final RoutedHead routed;
    private final RouteMatch<Route> match = new RouteMatch<>();
    private final PathParameters parameters = new MatchedParameters(match);
    private final PolicyWalk policies = new PolicyWalk();

    private @Nullable ClientStream client;
    private @Nullable Peer peer;
    private @Nullable RouteGraph graph;
    private @Nullable Route route;
    private @Nullable TargetCall call;
    private long bodyReceived;
    private boolean requestWhole;
    private int status;
    private @Nullable FailureKind failure;
    private byte @Nullable [] addedName;
    private byte @Nullable [] addedValue;

    /// The service's answer is an error that is put into the standard form: its body is not passed on.
    private boolean replacing;

    ExchangeDriver(ExchangePool pool) {
        this.pool = pool;
        this.loop = pool.loop();
        this.provenance = new Provenance(pool.trustedProxies(), loop.ids());
        this.view = new RequestView(request, provenance);
        this.facts = new RequestFacts(request, view, provenance);
        this.routed = new RoutedHead(request, provenance);
    }

    // ── from the client's stream
    // ─────────────────────────────────────────────────────────────────────────────────────

    /// The request's head is whole, in [#request()].
    public void begin(ClientStream stream, Peer from) {
        enter(stream, from);
        requestWhole = !request.hasBody();
        provenance.establish(request, from, System.currentTimeMillis());
        requestEdits.reset(request);
        if (request.contentLength() > pool.bodyLimit()) {
            fail(tooLarge());
            return;
        }
        Readiness readiness = pool.health();
        Response health = readiness == null ? null : HealthAnswers.to(request, readiness);
        if (health != null) {
            send(health);
            return;
        }
        Target redirect = pool.redirect();
        if (redirect != null) {
            ask(redirect);
            return;
        }
        Route found = findRoute();
        if (found != null && meetPolicies(found)) {
            ask(found.target());
        }
    }

    private void ask(Target target) {
        TargetCall to = target.open(loop);
        call = to;
        to.start(this);
    }

    /// The head cannot be served as it is.
    public void refuse(ClientStream stream, Peer from, HeadFault fault) {
        enter(stream, from);
        requestWhole = true;
        provenance.establish(request, from, System.currentTimeMillis());
        fail(Faults.failure(fault));
    }

    /// The head did not arrive in time.
    public void refuseLate(ClientStream stream, Peer from) {
        enter(stream, from);
        requestWhole = true;
        provenance.establish(request, from, System.currentTimeMillis());
        fail(new Failure(FailureKind.REQUEST_TIMEOUT, "The request head did not arrive in time."));
    }

    private void enter(ClientStream stream, Peer from) {
        client = stream;
        peer = from;
        RouteGraph now = pool.routes().now();
        graph = now;
        now.on(loop).begin();
        pool.counters().begun();
    }

    /// The next `n` octets of `in` are body of the request.
    public void onBody(ByteBuf in, int n) {
        bodyReceived += n;
        TargetCall to = call;
        if (bodyReceived > pool.bodyLimit()) {
            in.skipBytes(n);
            fail(tooLarge());
        } else if (to != null) {
            to.onRequestBody(in, n);
        } else {
            in.skipBytes(n);
        }
    }

    /// Octets of the protocol that was upgraded to.
    public void onTunnelOctets(ByteBuf in, int n) {
        TargetCall to = call;
        if (to != null) {
            to.onRequestBody(in, n);
        } else {
            in.skipBytes(n);
        }
    }

    public void onBodyEnd(@Nullable Trailers trailers) {
        requestWhole = true;
        TargetCall to = call;
        if (to != null) {
            to.onRequestEnd(trailers);
        }
    }

    public void onBatch() {
        TargetCall to = call;
        if (to != null) {
            to.onRequestBatch();
        }
    }

    public void onWritable(boolean writable) {
        TargetCall to = call;
        if (to != null) {
            to.onClientWritable(writable);
        }
    }

    /// The body's framing is broken, so its end will never be known.
    public void onBrokenBody(HeadFault fault) {
        fail(Faults.failure(fault));
    }

    /// The body comes too slowly.
    public void onLateBody() {
        fail(new Failure(FailureKind.REQUEST_TIMEOUT, "The request body did not arrive in time."));
    }

    /// The client is gone.
    public void onClientLeft() {
        // A tunnel has no other end than one side leaving.
        boolean tunnel = status == 101;
        failure = tunnel ? null : FailureKind.CLIENT_LEFT;
        cancelCall();
        finish(tunnel);
    }

    /// Cuts the exchange off at the end of the time it had.
    public void onShutdown() {
        fail(new Failure(
                FailureKind.SHUTTING_DOWN,
                "The gateway is shutting down. Please try again.",
                Map.of("retry_after", RETRY_AFTER_SHUTDOWN)));
    }

    /// Whether the body has been read to its end; the stream may have to deal with the rest of it.
    public boolean isRequestWhole() {
        return requestWhole;
    }

    // ── route and policies
    // ───────────────────────────────────────────────────────────────────────────────────────────

    private @Nullable Route findRoute() {
        RouteMatch.Outcome outcome = graph().routes().match(routed, match);
        Route found = match.isFound() ? match.value() : null;
        boolean ambiguous = request.hasEncodedSlash() || request.hasEncodedBackslash();
        if (ambiguous && (found == null || !found.takes(request))) {
            fail(Faults.failure(HeadFault.TARGET_ENCODING_INVALID));
            return null;
        }
        return switch (outcome) {
            case FOUND -> {
                facts.matched(parameters);
                route = found;
                yield found;
            }
            case NO_ROUTE -> {
                fail(Faults.noRoute(graph().routes(), routed, view, errorBody().isFull()));
                yield null;
            }
            case METHOD_NOT_ALLOWED -> {
                fail(Faults.methodNotAllowed(request.method(), request.path(), match.allowed()));
                yield null;
            }
        };
    }

    private boolean meetPolicies(Route found) {
        return switch (policies.down(this, found.policies())) {
            case Decision.Continue ignored -> true;
            case Decision.Respond respond -> {
                send(respond.response());
                yield false;
            }
            case Decision.Reject reject -> {
                fail(reject.failure());
                yield false;
            }
        };
    }

    // ── from the target
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void readRequestBody(boolean on) {
        client().readBody(on);
    }

    @Override
    public boolean isClientWritable() {
        ClientStream to = client;
        return to != null && to.isWritable();
    }

    @Override
    public void answerInterim(ParsedResponse head) {
        client().sendInterim(head);
    }

    @Override
    public void addToAnswer(byte[] name, byte[] value) {
        addedName = name;
        addedValue = value;
    }

    @Override
    public void answer(ParsedResponse head, boolean hasBody, int bodyAtHand) {
        if (route != null && route.standardErrors() && ServiceErrors.replaces(head)) {
            replacing = true;
            return;
        }
        boolean dated = false;
        for (int i = 0, n = head.count(); i < n; i++) {
            KnownField field = head.known(i);
            if (field != null) {
                dated |= field == KnownField.DATE;
                if (field.role() == KnownField.Role.GATEWAY) {
                    head.drop(i, true);
                }
            }
        }
        status = head.status();
        responseEdits.reset(head);
        if (addedName != null && addedValue != null) {
            responseEdits.add(addedName, addedValue);
        }
        if (policies.metAny()) {
            Body body = hasBody ? new Body.Stream(head.contentLength()) : Body.EMPTY;
            policies.up(this, new ResponseView(response, responseEdits, body));
        }
        responseEdits.add(VIA, VIA_1_1);
        sendHead(dated, hasBody, bodyAtHand, false);
    }

    @Override
    public void answerBody(ByteBuf in, int n) {
        if (replacing) {
            in.skipBytes(n);
        } else {
            client().sendBody(in, n);
        }
    }

    @Override
    public void answerBatch() {
        if (replacing) {
            // What is not at hand of a body nobody wants is not waited for: its connection is the smaller loss.
            cancelCall();
            sendReplacement();
        } else {
            client().flush();
        }
    }

    @Override
    public void answerEnd(@Nullable Trailers trailers) {
        call = null;
        if (replacing) {
            sendReplacement();
        } else {
            client().sendEnd(trailers);
            finish(true);
        }
    }

    @Override
    public void respond(Response answer) {
        call = null;
        send(answer);
    }

    @Override
    public void fail(Failure why) {
        ClientStream to = client;
        if (to == null) {
            return;
        }
        if (replacing) {
            cancelCall();
            sendReplacement();
            return;
        }
        failure = why.kind();
        cancelCall();
        if (status == 0) {
            send(errorBody().answer(why, view.header(HeaderName.ACCEPT), requestId()));
        } else {
            to.abort();
            finish(false);
        }
    }

    // ── answers made here
    // ────────────────────────────────────────────────────────────────────────────────────────────

    /// Sends the service's error in the standard form.
    private void sendReplacement() {
        replacing = false;
        send(new ServiceErrors(errorBody())
                .standard(response, view.header(HeaderName.ACCEPT), requestId())
                .add(VIA_FIELD, "1.1 gatehouse"));
    }

    private ErrorBody errorBody() {
        return graph().errorBody(pool.isLoopback());
    }

    /// Sends an answer the gateway made.
    private void send(Response answer) {
        OwnAnswer.write(answer, response);
        byte[] body = OwnAnswer.body(answer);
        status = answer.status();
        responseEdits.reset(response);
        if (policies.metAny()) {
            policies.up(this, new ResponseView(response, responseEdits, answer.body()));
        }
        boolean hasBody = response.hasBody(request.isHead()) && body.length > 0;
        sendHead(response.find(KnownField.DATE) >= 0, hasBody, body.length, true);
        ClientStream to = client();
        if (hasBody) {
            to.sendBody(Unpooled.wrappedBuffer(body), body.length);
        }
        to.sendEnd(null);
        finish(true);
    }

    private void sendHead(boolean dated, boolean hasBody, int bodyAtHand, boolean whole) {
        if (!dated) {
            responseEdits.add(DATE, loop.date().at(System.currentTimeMillis()));
        }
        responseEdits.add(REQUEST_ID, provenance.id());
        client().sendHead(response, responseEdits, hasBody, bodyAtHand, whole);
    }

    private Failure tooLarge() {
        return new Failure(
                FailureKind.BODY_TOO_LARGE,
                "The request body is larger than " + pool.bodyLimit() + " bytes.",
                Map.of("limit", pool.bodyLimit()));
    }

    // ── the end
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void cancelCall() {
        TargetCall to = call;
        call = null;
        if (to != null) {
            to.cancel();
        }
    }

    /// The summary, exactly once however the exchange ended; then this object serves another one.
    private void finish(boolean complete) {
        ClientStream to = client();
        Outcome outcome = new Outcome(status, failure, complete);
        policies.end(this, outcome);
        pool.counters().ended(outcome);
        client = null;
        peer = null;
        RouteGraph on = graph();
        graph = null;
        route = null;
        match.clear();
        bodyReceived = 0;
        status = 0;
        failure = null;
        addedName = null;
        addedValue = null;
        replacing = false;
        facts.matched(PathParameters.NONE);
        request.reset();
        response.reset();
        pool.giveBack(this);
        on.on(loop).end();
        to.exchangeEnded();
    }

    /// Gives back an exchange whose request never came to a whole head, and was not answered.
    public void abandon() {
        request.reset();
        pool.giveBack(this);
    }

    // ── what others see
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// The head that is being read, and then the one that was.
    @Override
    public RequestHead request() {
        return view;
    }

    /// The slices of the request's head: filled by the stream, read by the target.
    @Override
    public ParsedRequest requestSlices() {
        return request;
    }

    @Override
    public FieldEdits requestEdits() {
        return requestEdits;
    }

    @Override
    public PathParameters parameters() {
        return facts.parameters();
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public byte[] requestIdOctets() {
        return provenance.id();
    }

    @Override
    public byte @Nullable [] startedTrace() {
        return provenance.startedTrace();
    }

    @Override
    public Peer peer() {
        Peer from = peer;
        if (from == null) {
            throw new IllegalStateException("no request");
        }
        return from;
    }

    @Override
    public boolean sendsForwarded() {
        return pool.sendsForwarded();
    }

    @Override
    public ParsedResponse answerHead() {
        return response;
    }

    @Override
    public String requestId() {
        return new String(provenance.id(), US_ASCII);
    }

    @Override
    public void setRequestHeader(HeaderName name, String value) {
        FieldValues.checked(value);
        removeRequestHeader(name);
        addRequestHeader(name, value);
    }

    @Override
    public void addRequestHeader(HeaderName name, String value) {
        requestEdits.add(
                FieldValues.editable(name).wire(), FieldValues.checked(value).getBytes(ISO_8859_1));
    }

    @Override
    public void removeRequestHeader(HeaderName name) {
        requestEdits.remove(FieldValues.editable(name).lowerCase(), name.hashCode());
    }

    private RouteGraph graph() {
        RouteGraph on = graph;
        if (on == null) {
            throw new IllegalStateException("the exchange has ended");
        }
        return on;
    }

    private ClientStream client() {
        ClientStream to = client;
        if (to == null) {
            throw new IllegalStateException("the exchange has ended");
        }
        return to;
    }
}
