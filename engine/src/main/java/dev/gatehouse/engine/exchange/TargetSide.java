package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.target.PathParameters;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One exchange and whoever answers it: asks the target, gives it what the client sends, shows it the request, and
/// hands its answer to [Answering]. Belongs to one [ExchangeDriver] and is used again with it.
final class TargetSide implements TargetClient {
    private final ExchangeDriver exchange;
    private final ExchangePool pool;
    private final IncomingRequest request;
    private final ExchangeRecord record;
    private final PolicyWalk policies;
    private final GrpcCall grpc;
    private final Answering answering;

    private @Nullable TargetCall call;

    /// The target that is asked once the body is gathered that a policy wanted without waiting for it.
    private @Nullable Target next;

    TargetSide(
            ExchangeDriver exchange,
            ExchangePool pool,
            IncomingRequest request,
            ExchangeRecord record,
            PolicyWalk policies,
            GrpcCall grpc,
            Answering answering) {
        this.exchange = exchange;
        this.pool = pool;
        this.request = request;
        this.record = record;
        this.policies = policies;
        this.grpc = grpc;
        this.answering = answering;
    }

    // ── asking
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Asks `target` for the answer, at once or when the body is gathered.
    void ask(Target target) {
        if (grpc.isLate(pool.loop().recent())) {
            exchange.fail(GrpcCall.late());
            return;
        }
        if (request.body().body().isCollecting()) {
            next = target;
            return;
        }
        request.body().frame(request.edits());
        if (pool.shared().outside().mode() == Mode.EXPLAIN && isExplained(target)) {
            return;
        }
        TargetCall to = target.open(pool.loop());
        call = to;
        to.start(this);
    }

    /// For `explain` nobody is asked who is not part of the gateway: where it would go is all there is to know.
    ///
    /// @return whether that ends the exchange
    private boolean isExplained(Target target) {
        Failure refusal = target.refusal(this);
        if (refusal != null) {
            exchange.fail(refusal);
            return true;
        }
        List<Destination> destinations = target.destinations(this);
        return !destinations.isEmpty() && exchange.endsAt(destinations);
    }

    // ── what the client sends
    // ────────────────────────────────────────────────────────────────────────────────────────

    /// The next `n` octets of `in` are body of the request; they are taken.
    void pass(ByteBuf in, int n) {
        request.body().pass(in, n, call, exchange.client());
    }

    /// The next `n` octets of `in` are of the protocol that was upgraded to; they are taken.
    void passTunnelled(ByteBuf in, int n) {
        TargetCall to = call;
        if (to != null) {
            to.onRequestBody(in, n);
        } else {
            in.skipBytes(n);
        }
    }

    /// The client has sent all of the body.
    void passEnd(@Nullable Trailers trailers) {
        Target waits = next;
        next = null;
        if (request.body().end(trailers, call) && waits != null && !policies.isWaiting()) {
            ask(waits);
        }
    }

    /// The client's socket has nothing more at the moment.
    void passBatch() {
        TargetCall to = call;
        if (to != null) {
            to.onRequestBatch();
        }
    }

    /// Whether the target may send.
    void mayWrite(boolean writable) {
        TargetCall to = call;
        if (to != null) {
            to.onClientWritable(writable);
        }
    }

    void drain() {
        TargetCall to = call;
        if (to != null) {
            to.drain();
        }
    }

    void outlive() {
        TargetCall to = call;
        if (to != null) {
            to.outlive();
        }
    }

    /// Whatever it was asked is not wanted any more.
    void cancel() {
        TargetCall to = call;
        call = null;
        if (to != null) {
            to.cancel();
        }
    }

    /// Forgets the exchange.
    void clear() {
        next = null;
    }

    // ── the request, as it asks for it
    // ───────────────────────────────────────────────────────────────────────────────

    @Override
    public ParsedRequest requestSlices() {
        return request.head();
    }

    @Override
    public FieldEdits requestEdits() {
        return request.edits();
    }

    @Override
    public PathParameters parameters() {
        return request.facts().parameters();
    }

    @Override
    public Facts facts() {
        return request.facts();
    }

    @Override
    public byte[] requestIdOctets() {
        return request.provenance().id();
    }

    @Override
    public void addTrace(FieldEdits edits) {
        request.provenance().trace().addTo(edits);
    }

    @Override
    public Peer peer() {
        return request.provenance().peer();
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
        return pool.reception().forwardsCertificate(peer());
    }

    @Override
    public boolean hasRequestBody() {
        return request.body().isThere();
    }

    @Override
    public boolean isRequestChunked() {
        return request.body().isChunked();
    }

    @Override
    public boolean awaitsContinue() {
        return request.body().awaitsContinue();
    }

    @Override
    public void readRequestBody(boolean on) {
        request.body().read(on, call, exchange.client());
    }

    @Override
    public void sentTo(Service service, @Nullable Instance instance, byte @Nullable [] target) {
        record.sentTo(service, instance, target);
    }

    // ── its answer
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public ParsedResponse answerHead() {
        return answering.head();
    }

    @Override
    public boolean isClientWritable() {
        return !exchange.isOver() && answering.takesMore(exchange.client());
    }

    @Override
    public void answerInterim(ParsedResponse head) {
        exchange.client().sendInterim(head);
    }

    @Override
    public void addToAnswer(byte[] name, byte[] value) {
        answering.add(name, value);
    }

    @Override
    public void tunnels(TunnelSummary tunnel) {
        record.tunnels(tunnel);
    }

    @Override
    public void answer(ParsedResponse head, boolean hasBody, int bodyAtHand) {
        answering.begin(head, hasBody, bodyAtHand);
    }

    @Override
    public void answerBody(ByteBuf in, int n) {
        answering.onBody(in, n);
    }

    @Override
    public void answerBatch() {
        answering.onBatch();
    }

    @Override
    public void answerEnd(@Nullable Trailers trailers) {
        call = null;
        answering.onEnd(trailers);
    }

    @Override
    public void respond(Response made) {
        call = null;
        answering.send(made);
    }

    @Override
    public void fail(Failure why) {
        exchange.fail(why);
    }
}
