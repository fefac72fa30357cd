package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request and its answer, driven from the whole head to the summary.
///
/// ```
/// begin ─► provenance ─► reception ─► route ─► policies ↓ ─► target ─► Answering: policies ↑, client ─► finish
///                            └──────────┴─────────┴───────────┴─ fail ─────┘
/// ```
///
/// A policy that has to wait stops it, going down or up; [PolicyWalk] goes on with it. Who answers is met by
/// [TargetSide]. Lives on one event loop, with all its parts. Used again after [#finish]: nobody may keep it.
public final class ExchangeDriver implements PolicyWalk.Walker {
    private final ExchangePool pool;
    private final Loop loop;
    private final IncomingRequest request;
    private final RouteSearch search;
    private final ExchangeRecord record;
    private final PolicyExchange exchange;
    private final PolicyWalk policies;
    private final GrpcCall grpc = new GrpcCall();
    private final Answering answering;
    private final TargetSide target;

    private @Nullable ClientStream client;
    private @Nullable RouteGraph graph;

    ExchangeDriver(ExchangePool pool) {
        this.pool = pool;
        this.loop = pool.loop();
        this.request = new IncomingRequest(pool, this::gatherRequest, thrown -> fail(Faults.broken("request", thrown)));
        this.search = new RouteSearch(request.head(), request.view(), request.provenance());
        this.record = new ExchangeRecord(loop, request, this::why);
        this.exchange = new PolicyExchange(loop, pool.shared().outside(), record, request);
        OutgoingAnswer answer = new OutgoingAnswer(loop, this::gatherAnswer);
        this.policies = new PolicyWalk(loop, exchange, request.edits(), answer.edits(), this);
        this.answering = new Answering(this, pool, request, answer, record, policies, grpc);
        this.target = new TargetSide(this, pool, request, record, policies, grpc, answering);
    }

    // ── from the head to the target
    // ──────────────────────────────────────────────────────────────────────────────────

    /// The slices of the request's head, for the stream to fill.
    public ParsedRequest requestSlices() {
        return request.head();
    }

    /// The request's head is whole, in [#requestSlices()].
    public void begin(ClientStream stream, Peer from) {
        enter(stream, from, true);
        request.begin();
        AssumedIdentity assumed = pool.shared().outside().assumed();
        if (assumed != null) {
            request.attributes().set(Identity.ASSUMED, assumed);
        }
        if (pool.telemetry().isRecording(request.head())) {
            exchange.record(new Recording());
        }
        Decision early = pool.reception().decide(request.head(), from);
        if (early != Decision.CONTINUE) {
            wentDown(early);
            return;
        }
        Target instead = pool.reception().target(request.head());
        if (instead != null) {
            target.ask(instead);
            return;
        }
        Route route = search.find(graph());
        if (route == null) {
            fail(search.failure(graph().routes(), errorBody().isFull()));
            return;
        }
        request.facts().matched(search.parameters());
        record.routed(route);
        if (route.grpc() == null || search.isPreflight() || beginCall(route.grpc())) {
            Decision end = policies.down(route.policies(), grpc.patience(route.patience(), loop.recent()));
            if (end != null) {
                wentDown(end);
            }
        }
    }

    /// The head cannot be served as it is.
    public void refuse(ClientStream stream, Peer from, HeadFault fault) {
        enter(stream, from, false);
        request.body().beginNone();
        fail(Faults.failure(fault));
    }

    /// The head did not arrive in time.
    public void refuseLate(ClientStream stream, Peer from) {
        enter(stream, from, false);
        request.body().beginNone();
        fail(Faults.late("head"));
    }

    private void enter(ClientStream stream, Peer from, boolean readable) {
        client = stream;
        RouteGraph now = pool.routes().now();
        graph = now;
        now.on(loop).begin();
        pool.counters().begun();
        long millis = System.currentTimeMillis();
        request.provenance().establish(request.head(), from, millis, now.tracing(), now.reserved());
        record.begin(millis, readable);
    }

    /// A call on a route of gRPC.
    ///
    /// @return false when it is refused
    private boolean beginCall(GrpcConfig rules) {
        ClientStream inItsDialect = GrpcCall.inItsDialect(client(), request.head());
        Failure refusal = grpc.begin(
                rules, request.head(), request.edits(), request.body().body(), loop.recent());
        if (refusal != null) {
            fail(refusal);
            return false;
        }
        client = inItsDialect;
        return true;
    }

    @Override
    public void wentDown(Decision end) {
        Route route = search.found();
        switch (end) {
            case Decision.Continue _ when search.isPreflight() -> fail(Faults.preflight());
            case Decision.Continue _ when route != null -> target.ask(route.target());
            case Decision.Respond(Response response) -> answering.send(response);
            case Decision.Reject(Failure failure) -> fail(failure);
            case Decision.Continue _, Decision.Await _ -> throw new IllegalStateException("not an end: " + end);
        }
    }

    @Override
    public void wentUp(Decision end) {
        answering.wentUp(end);
    }

    // ── to the end
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    /// It is not served, or not to its end, and the client is told so, unless it has been told all already.
    void fail(Failure why) {
        if (client == null) {
            return;
        }
        if (answering.isReplacing()) {
            // The service has failed before: that is what the client is told.
            answering.replace();
            return;
        }
        policies.cancel();
        record.failed(why);
        target.cancel();
        answering.refuse(why);
    }

    /// Ends a rehearsal where its request would leave the gateway.
    ///
    /// @return whether this is one
    boolean endsAt(List<Destination> destinations) {
        Recording recording = exchange.recording();
        if (recording == null) {
            return false;
        }
        recording.destinations(destinations);
        finish(true);
        return true;
    }

    /// The summary, exactly once however the exchange ended; then this object serves another one.
    void finish(boolean complete) {
        ClientStream to = client();
        Outcome outcome = record.end(complete, policies.decidedBy(), policies.shadows(), exchange.recording() != null);
        policies.end(outcome);
        pool.counters().ended(outcome);
        pool.telemetry().ended(record);
        RouteGraph on = graph();
        clear();
        pool.giveBack(this);
        on.on(loop).end(this);
        to.exchangeEnded();
    }

    private void clear() {
        client = null;
        graph = null;
        grpc.clear();
        target.clear();
        search.clear();
        if (policies.hasMet() || exchange.recording() != null) {
            policies.clear();
            exchange.clear();
        }
        record.clear();
        answering.clear();
        request.clear();
    }

    /// Gives back an exchange whose request never came to a whole head, and was not answered.
    public void abandon() {
        request.head().reset();
        pool.giveBack(this);
    }

    // ── what the client's stream tells meanwhile
    // ─────────────────────────────────────────────────────────────────────

    /// The next `n` octets of `in` are body of the request.
    public void onBody(ByteBuf in, int n) {
        record.received(n);
        long limit = pool.reception().bodyLimit();
        boolean exceeds = request.body().exceeds(n, limit);
        if (answering.isOfGateway()) {
            in.skipBytes(n);
        } else if (exceeds) {
            in.skipBytes(n);
            fail(Faults.bodyTooLarge(request.body().limit(limit)));
        } else {
            target.pass(in, n);
        }
    }

    /// A policy wants the request's body whole.
    private void gatherRequest() {
        if (request.head().expectsContinue()) {
            // It is the gateway that wants the body now; the service gets it without asking.
            request.head().dropAll(KnownField.EXPECT);
            answering.sendContinue();
        }
        client().readBody(true);
    }

    /// A policy wants the answer's body whole.
    private void gatherAnswer() {
        answering.gather();
    }

    /// Octets of the protocol that was upgraded to.
    public void onTunnelOctets(ByteBuf in, int n) {
        record.received(n);
        target.passTunnelled(in, n);
    }

    public void onBodyEnd(@Nullable Trailers trailers) {
        RouteGraph on = graph;
        if (trailers != null && on != null) {
            Provenance.withhold(trailers, on.reserved());
        }
        target.passEnd(trailers);
    }

    /// Whether the body has been read to its end; the stream may have to deal with the rest of it.
    public boolean isRequestWhole() {
        return request.body().isOver();
    }

    public void onBatch() {
        target.passBatch();
    }

    public void onWritable(boolean writable) {
        target.mayWrite(writable && answering.takesMore());
    }

    /// The body's framing is broken, so its end will never be known.
    public void onBrokenBody(HeadFault fault) {
        fail(Faults.failure(fault));
    }

    /// The body comes too slowly. Not so that of a call of gRPC, which may say something only now and then: its
    /// time is bounded by its end, or by the pauses its route allows.
    public void onLateBody() {
        if (!grpc.isOne()) {
            fail(Faults.late("body"));
        }
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
        target.cancel();
        finish(tunnel);
    }

    /// The gateway is shutting down: what may go on without end is to come to one.
    public void onDrain() {
        target.drain();
    }

    /// The graph it began on has been replaced.
    void onReplaced() {
        target.outlive();
    }

    /// Cuts the exchange off at the end of the time it had.
    public void onShutdown() {
        fail(Faults.shuttingDown());
    }

    // ── what its parts see
    // ───────────────────────────────────────────────────────────────────────────────────────────

    TargetSide target() {
        return target;
    }

    /// The route that was found, once one is.
    @Nullable
    Route route() {
        return search.found();
    }

    /// How its client is told that it was not served.
    ErrorBody errorBody() {
        return graph().errorBody(pool.isLoopback());
    }

    /// From here on what is sent is in the dialect of gRPC that the client speaks, whether there is a route or not.
    void speakItsDialect() {
        client = GrpcCall.inItsDialect(client(), request.head());
    }

    /// It may go on for long after its graph was replaced, and is told when that happens.
    void becomesTunnel() {
        graph().on(loop).add(this);
    }

    boolean isOver() {
        return client == null;
    }

    ClientStream client() {
        ClientStream to = client;
        if (to == null) {
            throw new IllegalStateException("the exchange has ended");
        }
        return to;
    }

    private RouteGraph graph() {
        RouteGraph on = graph;
        if (on == null) {
            throw new IllegalStateException("the exchange has ended");
        }
        return on;
    }

    private DecisionTrace why() {
        return new Why(record, search.head(), policies, loop.isDetached()).of(graph().routes(), exchange.recording());
    }
}
