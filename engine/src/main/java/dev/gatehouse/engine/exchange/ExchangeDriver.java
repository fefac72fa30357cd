package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.grpc.Dialect;
import dev.gatehouse.engine.grpc.GrpcFields;
import dev.gatehouse.engine.grpc.MalformedTextException;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.target.PathParameters;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer, driven from the whole head to the summary.
///
/// ```
/// begin ─► provenance ─► host, body limit ─► route ─► policies ↓ ─► target ─► answer ─► policies ↑ ─► answerEnd ─►
/// finish
///                                   └───────────┴─────────┴───────────┴─ fail ─► error answer, or abort ───────────┘
/// ```
///
/// A policy that has to wait stops it, going down or up; [PolicyWalk] goes on with it. Lives on one event loop. Used
/// again after [#finish]: nobody may keep it.
public final class ExchangeDriver implements TargetClient, PolicyWalk.Walker {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeDriver.class);

    private static final byte[] VIA = "Via".getBytes(US_ASCII);
    private static final byte[] VIA_1_1 = "1.1 gatehouse".getBytes(US_ASCII);
    private static final HeaderName VIA_FIELD = HeaderName.of("Via");
    private static final int RETRY_AFTER_SHUTDOWN = 1;

    private final ExchangePool pool;
    private final Loop loop;
    private final ParsedRequest request = new ParsedRequest();
    private final FieldEdits requestEdits = new FieldEdits();
    private final IncomingBody requestBody;
    private final Provenance provenance;
    private final RequestView view;
    private final RequestFacts facts;
    private final RoutedHead routed;
    private final RouteMatch<Route> match = new RouteMatch<>();
    private final PathParameters parameters = new MatchedParameters(match);
    private final OutgoingAnswer answer;
    private final ExchangeRecord record;
    private final PolicyExchange exchange;
    private final PolicyWalk policies;
    private final GrpcCall grpc = new GrpcCall();

    private @Nullable ClientStream client;
    private @Nullable Peer peer;
    private @Nullable RouteGraph graph;
    private @Nullable Route route;
    private @Nullable TargetCall call;
    private byte @Nullable [] addedName;
    private byte @Nullable [] addedValue;

    /// The target that is asked once the body is gathered that a policy wanted without waiting for it.
    private @Nullable Target next;

    /// The service's answer is an error that is put into the standard form: its body is not passed on.
    private boolean replacing;

    ExchangeDriver(ExchangePool pool) {
        this.pool = pool;
        this.loop = pool.loop();
        this.requestBody =
                new IncomingBody(loop, request, this::gatherRequest, thrown -> fail(broken("request", thrown)));
        this.provenance = new Provenance(pool.trustedProxies(), loop.ids());
        this.view = new RequestView(request, provenance);
        this.facts = new RequestFacts(request, view, provenance);
        this.routed = new RoutedHead(request, provenance);
        this.answer = new OutgoingAnswer(loop, this::gatherAnswer);
        this.record = new ExchangeRecord(loop, request, provenance, view, this::why);
        this.exchange = new PolicyExchange(
                loop, pool.shared().outside(), record, view, facts, requestEdits, requestBody.body());
        this.policies = new PolicyWalk(loop, exchange, this);
    }

    // ── from the client's stream
    // ─────────────────────────────────────────────────────────────────────────────────────

    /// The request's head is whole, in [#requestSlices()].
    public void begin(ClientStream stream, Peer from) {
        enter(stream, from, true);
        requestBody.begin();
        requestEdits.reset(request);
        if (pool.telemetry().isRecording(request)) {
            exchange.record(new Recording());
        }
        if (isMisdirected(from)) {
            fail(Faults.misdirected());
            return;
        }
        if (request.contentLength() > pool.bodyLimit()) {
            fail(Faults.bodyTooLarge(pool.bodyLimit()));
            return;
        }
        Readiness readiness = pool.health();
        Response health = readiness == null ? null : HealthAnswers.to(request, readiness);
        if (health != null) {
            send(health);
            return;
        }
        Response proof = ChallengeAnswers.to(request, pool.shared().challenges());
        if (proof != null) {
            send(proof);
            return;
        }
        if (readiness != null && GrpcHealth.isAsked(request)) {
            ask(new GrpcHealth(readiness));
            return;
        }
        Target redirect = pool.redirect();
        if (redirect != null) {
            ask(redirect);
            return;
        }
        Route found = findRoute();
        if (found != null && (found.grpc() == null || routed.isPreflight() || beginCall(found.grpc()))) {
            Decision end = policies.down(found.policies(), grpc.patience(found.patience(), loop.recent()));
            if (end != null) {
                wentDown(end);
            }
        }
    }

    /// A call on a route of gRPC.
    ///
    /// @return false when it is refused
    private boolean beginCall(GrpcConfig rules) {
        Dialect spoken = GrpcCall.spoken(request);
        Failure refusal = grpc.begin(rules, request, requestEdits, requestBody.body(), loop.recent());
        if (refusal != null) {
            fail(refusal);
            return false;
        }
        if (spoken != null && spoken.isWeb()) {
            client = GrpcCall.toWeb(client(), spoken, request);
        }
        return true;
    }

    /// Whether the connection was made to a host that asks for other certificates than the request's.
    private boolean isMisdirected(Peer from) {
        TlsFacts tls = from.tls();
        return tls != null
                && pool.boundaries()
                        .separate(tls.serverName(), request.bytes(), request.hostStart(), request.hostEnd());
    }

    private void ask(Target target) {
        if (grpc.isLate(loop.recent())) {
            fail(GrpcCall.late());
            return;
        }
        if (requestBody.body().isCollecting()) {
            next = target;
            return;
        }
        requestBody.frame(requestEdits);
        if (pool.shared().outside().mode() == Mode.EXPLAIN) {
            Failure refusal = target.refusal(this);
            if (refusal != null) {
                fail(refusal);
                return;
            }
            List<Destination> destinations = target.destinations(this);
            Recording recording = exchange.recording();
            if (!destinations.isEmpty() && recording != null) {
                recording.destinations(destinations);
                finish(true);
                return;
            }
        }
        TargetCall to = target.open(loop);
        call = to;
        to.start(this);
    }

    /// The head cannot be served as it is.
    public void refuse(ClientStream stream, Peer from, HeadFault fault) {
        enter(stream, from, false);
        requestBody.beginNone();
        fail(Faults.failure(fault));
    }

    /// The head did not arrive in time.
    public void refuseLate(ClientStream stream, Peer from) {
        enter(stream, from, false);
        requestBody.beginNone();
        fail(new Failure(FailureKind.REQUEST_TIMEOUT, "The request head did not arrive in time."));
    }

    private void enter(ClientStream stream, Peer from, boolean readable) {
        client = stream;
        peer = from;
        RouteGraph now = pool.routes().now();
        graph = now;
        now.on(loop).begin();
        pool.counters().begun();
        long millis = System.currentTimeMillis();
        provenance.establish(request, from, millis, now.tracing());
        record.begin(millis, readable);
    }

    /// The next `n` octets of `in` are body of the request.
    public void onBody(ByteBuf in, int n) {
        record.received(n);
        boolean exceeds = requestBody.exceeds(n, pool.bodyLimit());
        if (answer.isOfGateway()) {
            in.skipBytes(n);
        } else if (exceeds) {
            in.skipBytes(n);
            fail(Faults.bodyTooLarge(requestBody.limit(pool.bodyLimit())));
        } else {
            requestBody.pass(in, n, call, client());
        }
    }

    /// A policy wants the request's body whole.
    private void gatherRequest() {
        if (request.expectsContinue()) {
            // It is the gateway that wants the body now; the service gets it without asking.
            request.dropAll(KnownField.EXPECT);
            answer.head().reset();
            OwnAnswer.writeContinue(answer.head());
            client().sendInterim(answer.head());
            answer.head().reset();
        }
        client().readBody(true);
    }

    /// Octets of the protocol that was upgraded to.
    public void onTunnelOctets(ByteBuf in, int n) {
        record.received(n);
        TargetCall to = call;
        if (to != null) {
            to.onRequestBody(in, n);
        } else {
            in.skipBytes(n);
        }
    }

    public void onBodyEnd(@Nullable Trailers trailers) {
        Target waits = next;
        next = null;
        if (requestBody.end(trailers, call) && waits != null && !policies.isWaiting()) {
            ask(waits);
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
            to.onClientWritable(writable && answer.takesMore());
        }
    }

    /// The body's framing is broken, so its end will never be known.
    public void onBrokenBody(HeadFault fault) {
        fail(Faults.failure(fault));
    }

    /// The body comes too slowly. Not so that of a call of gRPC, which may say something only now and then: its
    /// time is bounded by its end, or by the pauses its route allows.
    public void onLateBody() {
        if (grpc.isOne()) {
            return;
        }
        fail(new Failure(FailureKind.REQUEST_TIMEOUT, "The request body did not arrive in time."));
    }

    /// The client is gone.
    public void onClientLeft() {
        // A tunnel has no other end than one side leaving.
        boolean tunnel = record.status() == 101;
        record.cutOff(tunnel ? null : FailureKind.CLIENT_LEFT);
        if (grpc.isOne()) {
            record.grpcStatus(GrpcStatus.CANCELLED.code());
        }
        policies.cancel();
        cancelCall();
        finish(tunnel);
    }

    /// The gateway is shutting down: what may go on without end is to come to one.
    public void onDrain() {
        TargetCall to = call;
        if (to != null) {
            to.drain();
        }
    }

    /// The graph it began on has been replaced.
    void onReplaced() {
        TargetCall to = call;
        if (to != null) {
            to.outlive();
        }
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
        return requestBody.isOver();
    }

    // ── route and policies
    // ───────────────────────────────────────────────────────────────────────────────────────────

    private @Nullable Route findRoute() {
        RouteMatch.Outcome outcome = graph().find(routed, match);
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
                record.routed(match.value());
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

    @Override
    public void wentDown(Decision end) {
        Route found = route;
        switch (end) {
            case Decision.Continue _ when routed.isPreflight() -> fail(Faults.preflight());
            case Decision.Continue _ when found != null -> ask(found.target());
            case Decision.Respond(Response response) -> send(response);
            case Decision.Reject(Failure failure) -> fail(failure);
            case Decision.Continue _, Decision.Await _ -> throw new IllegalStateException("not an end: " + end);
        }
    }

    /// Shows the answer to the policies on the way up, and sends it when they have nothing against it.
    private void climb(int bodyAtHand) {
        Decision end = policies.hasAbove() ? policies.up(answer.view()) : Decision.CONTINUE;
        if (end == Decision.CONTINUE) {
            release(bodyAtHand);
        } else if (end != null) {
            wentUp(end);
        }
    }

    @Override
    public void wentUp(Decision end) {
        switch (end) {
            case Decision.Continue _ -> release(0);
            case Decision.Respond(Response response) -> {
                cancelCall();
                send(response);
            }
            case Decision.Reject(Failure failure) -> fail(failure);
            case Decision.Await _ -> throw new IllegalStateException("not an end: " + end);
        }
    }

    @Override
    public long mark(boolean onAnswer) {
        return (onAnswer ? answer.edits() : requestEdits).mark();
    }

    @Override
    public void rollback(boolean onAnswer, long mark) {
        (onAnswer ? answer.edits() : requestEdits).rollback(mark);
    }

    // ── from the target
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public boolean hasRequestBody() {
        return requestBody.isThere();
    }

    @Override
    public boolean isRequestChunked() {
        return requestBody.isChunked();
    }

    @Override
    public boolean awaitsContinue() {
        return requestBody.awaitsContinue();
    }

    @Override
    public void readRequestBody(boolean on) {
        requestBody.read(on, call, client());
    }

    @Override
    public boolean isClientWritable() {
        ClientStream to = client;
        return to != null && (replacing || (answer.isSent() ? to.isWritable() : answer.takesMore()));
    }

    @Override
    public void sentTo(Service service, @Nullable Instance instance, byte @Nullable [] target) {
        record.sentTo(service, instance, target);
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
    public void tunnels(TunnelSummary tunnel) {
        record.tunnels(tunnel);
    }

    @Override
    public void answer(ParsedResponse head, boolean hasBody, int bodyAtHand) {
        record.answered();
        boolean standard = route != null && route.standardErrors() && ServiceErrors.replaces(head);
        if (standard || (head.status() >= 400 && GrpcCall.isPlain(request, head))) {
            replacing = true;
            return;
        }
        for (int i = 0, n = head.count(); i < n; i++) {
            KnownField field = head.known(i);
            if (field != null && field.role() == KnownField.Role.GATEWAY) {
                head.drop(i, true);
            }
        }
        answer.ofService(hasBody, request.isHead());
        if (grpc.isOne()) {
            record.grpcStatus(GrpcFields.status(head));
        }
        if (addedName != null && addedValue != null) {
            answer.edits().add(addedName, addedValue);
        }
        climb(bodyAtHand);
    }

    /// A policy wants the body of the answer whole.
    private void gatherAnswer() {
        answer.gatherKept();
        TargetCall from = call;
        if (from != null && !answer.isOver()) {
            from.onClientWritable(true);
        }
    }

    @Override
    public void answerBody(ByteBuf in, int n) {
        if (replacing) {
            in.skipBytes(n);
            return;
        }
        try {
            if (answer.isSent()) {
                record.sent(answer.sendBody(client(), in, n));
            } else {
                answer.hold(in, n);
            }
        } catch (RuntimeException e) {
            fail(broken("answer", e));
        }
    }

    @Override
    public void answerBatch() {
        if (replacing) {
            // What is not at hand of a body nobody wants is not waited for: its connection is the smaller loss.
            cancelCall();
            sendReplacement();
        } else if (answer.isSent()) {
            client().flush();
        }
    }

    @Override
    public void answerEnd(@Nullable Trailers trailers) {
        call = null;
        if (trailers != null) {
            record.grpcStatus(GrpcFields.status(trailers));
        }
        if (replacing) {
            sendReplacement();
            return;
        }
        try {
            if (answer.isSent()) {
                record.sent(answer.sendEnd(client(), trailers));
                finish(true);
                return;
            }
            answer.holdEnd(trailers);
        } catch (RuntimeException e) {
            fail(broken("answer", e));
            return;
        }
        if (!policies.isWaiting()) {
            release(0);
        }
    }

    @Override
    public void respond(Response made) {
        call = null;
        send(made);
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
        policies.cancel();
        record.failed(why);
        cancelCall();
        if (grpc.isOne() && answer.mayEndEarly()) {
            GrpcAnswer told = GrpcAnswer.of(why, requestId());
            record.grpcStatus(told.status().code());
            to.sendEnd(told.trailers());
            finish(false);
        } else if (answer.isSent()) {
            to.abort();
            finish(false);
        } else if (GrpcCall.spoken(request) == null) {
            send(errorBody().answer(placed(why), view.header(HeaderName.ACCEPT), requestId()));
        } else {
            sendStatus(GrpcAnswer.of(why, requestId()), why);
        }
    }

    /// With the policy that refused and where it is configured, for those who may know.
    private Failure placed(Failure why) {
        PlacedPolicy decider = policies.decidedBy();
        if (decider == null || !errorBody().isFull()) {
            return why;
        }
        Map<String, Object> details = new LinkedHashMap<>(why.details());
        details.put("policy", decider.name());
        if (!decider.place().isEmpty()) {
            details.put("at", decider.place());
        }
        return new Failure(why.kind(), why.message(), details);
    }

    private static Failure broken(String what, RuntimeException e) {
        if (e instanceof MalformedTextException) {
            return new Failure(FailureKind.BAD_REQUEST, "The request body is not base64, as its media type says.");
        }
        LOG.error("a policy failed on the body of the {}", what, e);
        return new Failure(FailureKind.INTERNAL_ERROR, "Something went wrong in the gateway.");
    }

    // ── to the client
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// Sends the service's error in the standard form.
    private void sendReplacement() {
        replacing = false;
        if (GrpcCall.spoken(request) != null) {
            sendStatus(GrpcAnswer.ofHttp(answer.head().status(), requestId()), null);
            return;
        }
        send(new ServiceErrors(errorBody())
                .standard(answer.head(), view.header(HeaderName.ACCEPT), requestId())
                .add(VIA_FIELD, "1.1 gatehouse"));
    }

    /// Tells a caller of gRPC how its call ended, in its own words.
    ///
    /// @param why null when it is a service that did not serve it
    private void sendStatus(GrpcAnswer told, @Nullable Failure why) {
        Dialect spoken = GrpcCall.spoken(request);
        if (spoken != null && spoken.isWeb() && !(client instanceof GrpcWebStream)) {
            // Nobody has turned it into gRPC: there is no route, or none that does.
            client = GrpcCall.toWeb(client(), spoken, request);
        }
        record.grpcStatus(told.status().code());
        send(why == null ? told.head() : ErrorBody.marked(told.head(), why));
    }

    private ErrorBody errorBody() {
        return graph().errorBody(pool.isLoopback());
    }

    /// Sends an answer the gateway made.
    private void send(Response made) {
        answer.ofGateway(made, request.isHead());
        climb(0);
    }

    /// No policy has anything against the answer: it goes out, as far as it has come.
    private void release(int bodyAtHand) {
        if (answer.body().isCollecting() && !answer.isOfGateway()) {
            return;
        }
        record.status(answer.head().status());
        if (!answer.isOfGateway()) {
            answer.edits().add(VIA, VIA_1_1);
        }
        ClientStream to = client();
        TunnelSummary tunnel = answer.isOfGateway() ? null : record.tunnel();
        if (tunnel != null) {
            tunnel.countIn(pool.telemetry().tunnelBegan(record));
            graph().on(loop).add(this);
        }
        try {
            answer.sendHead(to, provenance.id(), bodyAtHand);
            record.sent(answer.sendHeld(to));
            if (answer.isOver()) {
                record.sent(answer.sendEnd(to, answer.trailers()));
                finish(true);
                return;
            }
        } catch (RuntimeException e) {
            fail(broken("answer", e));
            return;
        }
        TargetCall from = call;
        if (from != null && policies.hasMet()) {
            // It may have been told to wait.
            from.onClientWritable(to.isWritable());
        }
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
        Outcome outcome = record.end(complete, policies.decidedBy(), policies.shadows(), exchange.recording() != null);
        policies.end(outcome);
        pool.counters().ended(outcome);
        pool.telemetry().ended(record);
        client = null;
        peer = null;
        RouteGraph on = graph();
        graph = null;
        route = null;
        grpc.clear();
        next = null;
        routed.asItself();
        match.clear();
        addedName = null;
        addedValue = null;
        replacing = false;
        facts.matched(PathParameters.NONE);
        if (policies.hasMet() || exchange.recording() != null) {
            policies.clear();
            exchange.clear();
        }
        record.clear();
        answer.clear();
        requestBody.clear();
        request.reset();
        pool.giveBack(this);
        on.on(loop).end(this);
        to.exchangeEnded();
    }

    /// Gives back an exchange whose request never came to a whole head, and was not answered.
    public void abandon() {
        request.reset();
        pool.giveBack(this);
    }

    // ── what others see
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    private DecisionTrace why() {
        return new Why(record, routed, policies, loop.isDetached()).of(graph().routes(), exchange.recording());
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
    public void addTrace(FieldEdits edits) {
        provenance.trace().addTo(edits);
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
    public long callEnd() {
        return grpc.end();
    }

    @Override
    public boolean sendsForwarded() {
        return pool.sendsForwarded();
    }

    @Override
    public boolean sendsClientCertificate() {
        TlsFacts tls = peer().tls();
        return tls != null && pool.boundaries().at(tls.serverName()).forwards();
    }

    @Override
    public ParsedResponse answerHead() {
        return answer.head();
    }

    private String requestId() {
        return new String(provenance.id(), US_ASCII);
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
