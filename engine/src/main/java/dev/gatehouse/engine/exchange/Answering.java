package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.Response;
import dev.gatehouse.engine.grpc.GrpcFields;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The answer of one exchange on its way to the client: a service's, or one the gateway made.
///
/// ```
/// begin, send ─► policies ↑ ─► release: head, and what is here of the body ─► onBody … onEnd ─► finish
///    │              └─ another answer, or a refusal: once more, through the policies above ─► …
///    └─ an error that is put into the standard form: when it is over, or nothing more of it is at hand ─► send
/// ```
///
/// Belongs to one [ExchangeDriver] and is used again with it.
final class Answering {
    private static final byte[] VIA = "Via".getBytes(US_ASCII);
    private static final byte[] VIA_1_1 = "1.1 gatehouse".getBytes(US_ASCII);

    private final ExchangeDriver exchange;
    private final ExchangePool pool;
    private final IncomingRequest request;
    private final OutgoingAnswer answer;
    private final ExchangeRecord record;
    private final PolicyWalk policies;
    private final GrpcCall grpc;
    private final Refusals refusals;

    private byte @Nullable [] addedName;
    private byte @Nullable [] addedValue;

    /// The service's answer is an error that is put into the standard form: its body is not passed on.
    private boolean replacing;

    Answering(
            ExchangeDriver exchange,
            ExchangePool pool,
            IncomingRequest request,
            OutgoingAnswer answer,
            ExchangeRecord record,
            PolicyWalk policies,
            GrpcCall grpc) {
        this.exchange = exchange;
        this.pool = pool;
        this.request = request;
        this.answer = answer;
        this.record = record;
        this.policies = policies;
        this.grpc = grpc;
        this.refusals = new Refusals(request, record, policies);
    }

    // ── from the target
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// Where a service's answer is parsed.
    ParsedResponse head() {
        return answer.head();
    }

    /// A field for the answer that [#begin] begins next; at most one.
    void add(byte[] name, byte[] value) {
        addedName = name;
        addedValue = value;
    }

    /// A service has answered.
    ///
    /// @param bodyAtHand how many octets of its body follow at once
    void begin(ParsedResponse head, boolean hasBody, int bodyAtHand) {
        record.answered();
        if (isReplaced(head)) {
            replacing = true;
            return;
        }
        for (int i = 0, n = head.count(); i < n; i++) {
            KnownField field = head.known(i);
            if (field != null && field.role() == KnownField.Role.GATEWAY) {
                head.drop(i, true);
            }
        }
        answer.ofService(hasBody, request.head().isHead());
        if (grpc.isOne()) {
            record.grpcStatus(GrpcFields.status(head));
        }
        if (addedName != null && addedValue != null) {
            answer.edits().add(addedName, addedValue);
        }
        climb(bodyAtHand);
    }

    private boolean isReplaced(ParsedResponse head) {
        Route route = exchange.route();
        return (route != null && route.standardErrors() && ServiceErrors.replaces(head))
                || (head.status() >= 400 && GrpcCall.isPlain(request.head(), head));
    }

    /// A policy wants the body whole.
    void gather() {
        answer.gatherKept();
        if (!answer.isOver()) {
            exchange.target().mayWrite(true);
        }
    }

    /// The next `n` octets of `in` are body of the service's answer; they are taken.
    void onBody(ByteBuf in, int n) {
        if (replacing) {
            in.skipBytes(n);
            return;
        }
        try {
            if (answer.isSent()) {
                record.sent(answer.sendBody(exchange.client(), in, n));
            } else {
                answer.hold(in, n);
            }
        } catch (RuntimeException e) {
            exchange.fail(Faults.broken("answer", e));
        }
    }

    /// Nothing more of it is at hand.
    void onBatch() {
        if (replacing) {
            // What is not at hand of a body nobody wants is not waited for: its connection is the smaller loss.
            replace();
        } else if (answer.isSent()) {
            exchange.client().flush();
        }
    }

    /// The service's answer is whole.
    void onEnd(@Nullable Trailers trailers) {
        if (trailers != null) {
            record.grpcStatus(GrpcFields.status(trailers));
        }
        if (replacing) {
            replace();
            return;
        }
        try {
            if (answer.isSent()) {
                record.sent(answer.sendEnd(exchange.client(), trailers));
                exchange.finish(true);
                return;
            }
            answer.holdEnd(trailers);
        } catch (RuntimeException e) {
            exchange.fail(Faults.broken("answer", e));
            return;
        }
        if (!policies.isWaiting()) {
            release(0);
        }
    }

    // ── of the gateway
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    /// Sends an answer the gateway made, in the place of whatever was on its way.
    void send(Response made) {
        answer.ofGateway(made, request.head().isHead());
        climb(0);
    }

    /// Tells the client that its request was not served: by an answer, or where it has the beginning of one, by an
    /// end that cannot be taken for a whole.
    void refuse(Failure why) {
        if (grpc.isOne() && answer.mayEndEarly()) {
            exchange.client().sendEnd(refusals.end(why).trailers());
            exchange.finish(false);
        } else if (answer.isSent()) {
            exchange.client().abort();
            exchange.finish(false);
        } else {
            exchange.speakItsDialect();
            send(refusals.answer(why, exchange.errorBody()));
        }
    }

    /// Whether a service's error is being replaced: then nothing that happens to the rest of it matters.
    boolean isReplacing() {
        return replacing;
    }

    /// Sends the service's error in the standard form.
    void replace() {
        exchange.target().cancel();
        replacing = false;
        exchange.speakItsDialect();
        send(refusals.inPlaceOf(answer.head(), exchange.errorBody()));
    }

    /// Asks a client that waits for 100 for the body of its request.
    void sendContinue() {
        OwnAnswer.writeContinue(answer.head());
        exchange.client().sendInterim(answer.head());
        answer.head().reset();
    }

    // ── policies, upwards
    // ────────────────────────────────────────────────────────────────────────────────────────────

    /// Shows the answer to the policies on the way up, and sends it when they have nothing against it.
    private void climb(int bodyAtHand) {
        Decision end = policies.hasAbove() ? policies.up(answer.view()) : Decision.CONTINUE;
        if (end == Decision.CONTINUE) {
            release(bodyAtHand);
        } else if (end != null) {
            wentUp(end);
        }
    }

    /// See [PolicyWalk.Walker#wentUp].
    void wentUp(Decision end) {
        switch (end) {
            case Decision.Continue _ -> release(0);
            case Decision.Respond(Response response) -> {
                exchange.target().cancel();
                send(response);
            }
            case Decision.Reject(Failure failure) -> exchange.fail(failure);
            case Decision.Await _ -> throw new IllegalStateException("not an end: " + end);
        }
    }

    // ── to the client
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// No policy has anything against the answer: it goes out, as far as it has come.
    private void release(int bodyAtHand) {
        if (answer.body().isCollecting() && !answer.isOfGateway()) {
            return;
        }
        record.status(answer.head().status());
        if (!answer.isOfGateway()) {
            answer.edits().add(VIA, VIA_1_1);
        }
        ClientStream to = exchange.client();
        TunnelSummary tunnel = answer.isOfGateway() ? null : record.tunnel();
        if (tunnel != null) {
            tunnel.countIn(pool.telemetry().tunnelBegan(record));
            exchange.becomesTunnel();
        }
        try {
            answer.sendHead(to, request.provenance().id(), bodyAtHand);
            record.sent(answer.sendHeld(to));
            if (answer.isOver()) {
                record.sent(answer.sendEnd(to, answer.trailers()));
                exchange.finish(true);
                return;
            }
        } catch (RuntimeException e) {
            exchange.fail(Faults.broken("answer", e));
            return;
        }
        if (policies.hasMet()) {
            // The target may have been told to wait.
            exchange.target().mayWrite(to.isWritable());
        }
    }

    /// Whether it is the gateway's own: nobody asks for the rest of the request.
    boolean isOfGateway() {
        return answer.isOfGateway();
    }

    /// Whether its service may go on sending, as far as the answer is concerned.
    boolean takesMore() {
        return answer.takesMore();
    }

    /// Whether its service may go on sending to this client.
    boolean takesMore(ClientStream client) {
        return replacing || (answer.isSent() ? client.isWritable() : answer.takesMore());
    }

    /// Forgets the exchange.
    void clear() {
        addedName = null;
        addedValue = null;
        replacing = false;
        answer.clear();
    }
}
