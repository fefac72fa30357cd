package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.connection.ServiceCall;
import dev.gatehouse.engine.service.connection.ServiceConnection;
import dev.gatehouse.engine.service.connection.ServiceFault;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.service.connection.ServicePool.Waiter;
import dev.gatehouse.engine.service.health.AttemptOutcome;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.tunnel.Tunnel;
import dev.gatehouse.engine.target.tunnel.TunnelRules;
import dev.gatehouse.engine.target.tunnel.Upgrade;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One exchange's dealings with a service: the attempts, and the moments that bound them.
///
/// ```
/// start ─► CONNECT ─► SEND ─► WAIT ─► RECEIVE ─► end
///            ▲  │       (body)  │  └─101─► TUNNEL ─► end
///            └──┴── another instance, when nothing was sent; once more, when a used connection said nothing ──┘
/// ```
final class ProxyCall implements TargetCall, ServiceCall, Tunnel.Owner {
    private static final byte[] HOST = "Host: ".getBytes(US_ASCII);
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] TE = "TE".getBytes(US_ASCII);
    private static final byte[] TRAILERS = "trailers".getBytes(US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "Transfer-Encoding".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);
    private static final byte[] SET_COOKIE = "Set-Cookie".getBytes(US_ASCII);

    /// Opening a connection has its own timer; this one is for the wait in the queue, and comes second.
    private static final long CONNECT_GRACE = TimeUnit.MILLISECONDS.toNanos(20);

    private enum Phase {
        OVER,
        CONNECT,
        SEND,
        WAIT,
        RECEIVE,
        TUNNEL
    }

    private final ServiceLane lane;
    private final Loop loop;
    private final ServicePool pool;
    private final Deadline deadline;
    private final Attempts attempts;

    private final CallEnd end = new CallEnd();
    private TimeoutConfig timeouts = TimeoutConfig.DEFAULT;
    private @Nullable RequestRewrite rewrite;
    private TunnelRules tunnels = TunnelRules.NONE;

    private Phase phase = Phase.OVER;
    private @Nullable TargetClient client;
    private @Nullable ServiceConnection connection;
    private @Nullable Waiter waiter;
    private @Nullable Instance instance;

    /// What the client wants to change to and may; null for all others.
    private @Nullable Upgrade upgrade;

    /// Takes over after a 101.
    private @Nullable Tunnel tunnel;

    /// Path and query when they are not the client's.
    private byte @Nullable [] rewritten;

    private boolean reused;
    private boolean retried;
    private boolean requestEnded;
    private boolean waitsForContinue;
    private long requestDeadline;
    private long lastProgress;

    ProxyCall(ServiceLane lane) {
        this.lane = lane;
        this.loop = lane.loop();
        this.pool = lane.pool();
        this.deadline = loop.exchanges().register(this::onDeadline);
        this.attempts = lane.attempts();
    }

    /// The next exchange is one of this route.
    void forRoute(ProxyRoute route) {
        timeouts = route.timeouts();
        rewrite = route.rewrite();
        tunnels = route.tunnels();
    }

    /// Gives up its place among the loop's deadlines; never used again.
    void discard() {
        deadline.close();
    }

    // ── from the exchange
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void start(TargetClient exchange) {
        // Left by an exchange of another route, it would send that one's path and query.
        rewritten = null;
        if (rewrite != null && !rewrite(exchange, rewrite)) {
            lane.giveBack(this);
            exchange.fail(ServiceFailures.leadsElsewhere());
            return;
        }
        Upgrade wish = Upgrade.of(exchange, tunnels);
        Failure refusal = wish == null ? null : wish.refusal(exchange.requestSlices());
        if (refusal != null) {
            lane.giveBack(this);
            exchange.fail(refusal);
            return;
        }
        upgrade = wish;
        client = exchange;
        connection = null;
        waiter = null;
        retried = false;
        ParsedRequest request = exchange.requestSlices();
        requestEnded = !exchange.hasRequestBody();
        waitsForContinue = exchange.awaitsContinue();
        long now = loop.recent();
        end.set(timeouts, exchange.callEnd());
        Instance first = attempts.first(exchange.facts(), now);
        if (first == null) {
            phase = Phase.CONNECT;
            fail(unavailable());
            return;
        }
        instance = first;
        if (rewrite == null || !rewrite.changesHost()) {
            ForwardedFields.addHost(exchange, first.authority());
        }
        ForwardedFields.add(exchange, exchange.sendsForwarded());
        addConnectionFields(exchange, request);
        requestDeadline = end.ofRequest(now);
        attempt(false, now);
    }

    /// Whether there is something to send.
    private boolean rewrite(TargetClient exchange, RequestRewrite as) {
        ParsedRequest request = exchange.requestSlices();
        if (as.changesHost()) {
            request.dropAll(KnownField.HOST);
        }
        if (!as.changesTarget()) {
            return true;
        }
        rewritten = as.target(exchange, loop.heads());
        return rewritten != null;
    }

    private void addConnectionFields(TargetClient exchange, ParsedRequest request) {
        if (exchange.isRequestChunked()) {
            exchange.requestEdits().add(TRANSFER_ENCODING, CHUNKED);
        }
        if (request.acceptsTrailers()) {
            exchange.requestEdits().add(TE, TRAILERS);
        }
        if (upgrade != null) {
            upgrade.ask(request, exchange.requestEdits());
        }
    }

    @Override
    public void onRequestBody(ByteBuf in, int n) {
        if (tunnel != null) {
            tunnel.fromClient(in, n);
            return;
        }
        ServiceConnection to = connection;
        if (to == null) {
            in.skipBytes(n);
            return;
        }
        lastProgress = loop.recent();
        if (phase == Phase.WAIT) {
            // The client did not wait for 100 after all.
            enter(Phase.SEND, lastProgress);
        }
        to.sendBody(in, n);
        if (!to.isWritable() && client != null) {
            to.flush();
            if (!to.isWritable()) {
                client.readRequestBody(false);
            }
        }
    }

    @Override
    public void onRequestEnd(@Nullable Trailers trailers) {
        requestEnded = true;
        ServiceConnection to = connection;
        if (to == null) {
            return;
        }
        to.endBody(trailers);
        to.flush();
        if (phase == Phase.SEND || phase == Phase.WAIT) {
            long now = loop.recent();
            requestDeadline = end.ofRequest(now);
            enter(Phase.WAIT, now);
        }
    }

    @Override
    public void onRequestBatch() {
        ServiceConnection to = connection;
        if (to != null) {
            to.flush();
        }
    }

    @Override
    public void onClientWritable(boolean writable) {
        ServiceConnection from = connection;
        if (tunnel != null) {
            tunnel.clientWritable(writable);
        } else if (from != null && phase == Phase.RECEIVE) {
            from.read(writable);
        }
    }

    @Override
    public void cancel() {
        ServiceConnection open = connection;
        Waiter waiting = waiter;
        if (tunnel != null) {
            tunnel.cancel();
        }
        leave();
        if (waiting != null) {
            pool.forget(waiting);
        }
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void drain() {
        if (tunnel != null) {
            tunnel.drain();
        }
    }

    @Override
    public void outlive() {
        if (tunnel != null) {
            tunnel.outlive();
        }
    }

    // ── attempts
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    private void attempt(boolean fresh, long now) {
        Instance to = instance;
        TargetClient exchange = client;
        if (to == null || exchange == null) {
            return;
        }
        exchange.sentTo(pool.service(), to, rewritten);
        enter(Phase.CONNECT, now);
        Waiter waiting = pool.acquire(this, to, fresh);
        // Heard at once, the call may be over by now, or even serve another exchange.
        if (waiting != null && waiting.isWaiting()) {
            waiter = waiting;
        }
    }

    @Override
    public void onConnection(ServiceConnection to, boolean wasUsed) {
        waiter = null;
        TargetClient exchange = client;
        if (exchange == null) {
            to.cancel();
            return;
        }
        connection = to;
        reused = wasUsed;
        ParsedRequest request = exchange.requestSlices();
        HeadWriter head = loop.heads().clear();
        writeHead(request, exchange, head);
        to.begin(this, head, request.isHead(), exchange.hasRequestBody(), exchange.isRequestChunked());
        long now = loop.recent();
        if (requestEnded) {
            enter(Phase.WAIT, now);
            to.flush();
            return;
        }
        lastProgress = now;
        enter(waitsForContinue ? Phase.WAIT : Phase.SEND, now);
        // What of the body is at hand goes out with the head: the end of the batch flushes both.
        exchange.readRequestBody(true);
    }

    /// The client's own octets wherever nothing had to change.
    private void writeHead(ParsedRequest request, TargetClient exchange, HeadWriter head) {
        byte[] bytes = request.bytes();
        head.copy(bytes, request.methodStart(), request.methodEnd()).put(' ');
        if (rewritten != null) {
            head.put(rewritten);
        } else {
            head.copy(bytes, request.pathStart(), request.pathEnd());
            if (request.hasQuery()) {
                head.put('?').copy(bytes, request.queryStart(), request.queryEnd());
            }
        }
        head.put(HTTP_1_1);
        if (rewrite != null && instance != null) {
            // Per attempt: the next one may go to another instance, which has another name.
            byte[] host = rewrite.host(instance);
            if (host != null) {
                head.put(HOST).put(host).crlf();
            }
        }
        end.writeTo(head, loop.recent());
        exchange.requestEdits().writeTo(head);
        head.crlf();
    }

    @Override
    public void onFault(ServiceFault fault, @Nullable String detail) {
        connection = null;
        waiter = null;
        TargetClient exchange = client;
        if (exchange == null) {
            return;
        }
        switch (fault) {
            case CONNECT_FAILED -> {
                long now = loop.recent();
                attempts.report(AttemptOutcome.CONNECT_FAILED, 0, now);
                instance = attempts.next(now);
                if (instance != null) {
                    attempt(false, now);
                } else {
                    fail(unavailable());
                }
            }
            case NO_CONNECTION -> fail(unavailable());
            case CLOSED_BEFORE_ANSWER -> {
                if (!reused) {
                    // A connection that was kept may be closed at any time; a new one that says nothing is a fault.
                    attempts.report(AttemptOutcome.BROKEN_ANSWER, 0, loop.recent());
                }
                ParsedRequest request = exchange.requestSlices();
                if (reused && !retried && !exchange.hasRequestBody() && request.isIdempotent()) {
                    // The service closed it as we sent: it never saw the request, or may see it twice without harm.
                    retried = true;
                    attempt(true, loop.recent());
                } else {
                    fail(broken("It closed the connection without an answer."));
                }
            }
            case CLOSED_WITHIN_ANSWER -> {
                attempts.report(AttemptOutcome.BROKEN_ANSWER, 0, loop.recent());
                fail(broken("It closed the connection in the middle of its answer."));
            }
            case BROKEN_ANSWER -> {
                attempts.report(AttemptOutcome.BROKEN_ANSWER, 0, loop.recent());
                fail(broken(detail == null ? "It is not HTTP." : detail));
            }
        }
    }

    // ── from the service
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public ParsedResponse answerHead() {
        TargetClient exchange = client;
        if (exchange == null) {
            throw new IllegalStateException("no exchange");
        }
        return exchange.answerHead();
    }

    @Override
    public void onInterim(ParsedResponse head) {
        TargetClient exchange = client;
        if (exchange == null) {
            return;
        }
        if (head.status() == 100 && waitsForContinue && !requestEnded) {
            waitsForContinue = false;
            lastProgress = loop.recent();
            enter(Phase.SEND, lastProgress);
        }
        exchange.answerInterim(head);
    }

    @Override
    public void onHead(ParsedResponse head, int bodyAtHand) {
        TargetClient exchange = client;
        ServiceConnection from = connection;
        if (exchange == null || from == null) {
            return;
        }
        lastProgress = loop.recent();
        attempts.report(
                head.status() >= 500 ? AttemptOutcome.ERROR_STATUS : AttemptOutcome.ANSWERED,
                head.status(),
                lastProgress);
        byte[] cookie = attempts.cookie();
        if (cookie != null) {
            exchange.addToAnswer(SET_COOKIE, cookie);
        }
        if (head.status() == 101) {
            Upgrade asked = upgrade;
            String mistake = asked == null ? Upgrade.UNASKED : asked.mistake(head);
            if (asked == null || mistake != null) {
                from.cancel();
                connection = null;
                fail(broken(mistake == null ? Upgrade.UNASKED : mistake));
                return;
            }
            enter(Phase.TUNNEL, lastProgress);
            tunnel = new Tunnel(this, exchange, from, asked, head, timeouts.idle());
            exchange.tunnels(tunnel);
            from.tunnel();
        } else {
            enter(Phase.RECEIVE, lastProgress);
        }
        exchange.answer(
                head,
                head.status() == 101 || head.hasBody(exchange.requestSlices().isHead()),
                bodyAtHand);
    }

    @Override
    public void onBody(ByteBuf in, int n) {
        TargetClient exchange = client;
        if (exchange == null) {
            in.skipBytes(n);
            return;
        }
        if (tunnel != null) {
            tunnel.fromService(in, n);
            return;
        }
        lastProgress = loop.recent();
        exchange.answerBody(in, n);
        ServiceConnection from = connection;
        if (from != null && !exchange.isClientWritable()) {
            from.read(false);
            exchange.answerBatch();
        }
    }

    @Override
    public void onBatch() {
        TargetClient exchange = client;
        if (exchange != null) {
            exchange.answerBatch();
        }
    }

    @Override
    public void onEnd(@Nullable Trailers trailers) {
        TargetClient exchange = client;
        if (tunnel != null && tunnel.serviceLeft()) {
            connection = null;
            return;
        }
        leave();
        if (exchange != null) {
            exchange.answerEnd(trailers);
        }
    }

    @Override
    public void onWritable(boolean writable) {
        TargetClient exchange = client;
        if (tunnel != null) {
            tunnel.serviceWritable(writable);
        } else if (exchange != null && writable && !requestEnded) {
            exchange.readRequestBody(true);
        }
    }

    // ── moments
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void enter(Phase next, long now) {
        phase = next;
        switch (next) {
            case CONNECT -> arm(now + timeouts.connect().toNanos() + CONNECT_GRACE);
            case WAIT -> arm(end.ofFirstByte(now));
            case SEND, RECEIVE -> deadline.at(end.ofPause(now));
            case TUNNEL -> {}
            case OVER -> deadline.disarm();
        }
    }

    private void arm(long at) {
        deadline.at(at - requestDeadline < 0 ? at : requestDeadline);
    }

    private void onDeadline() {
        if (phase != Phase.OVER && end.isPast(loop.now())) {
            // It says nothing about the instance: the caller may have had no patience at all.
            forgetWaiter();
            fail(ServiceFailures.late());
            return;
        }
        switch (phase) {
            case CONNECT -> {
                forgetWaiter();
                fail(unavailable());
            }
            case WAIT -> {
                attempts.report(AttemptOutcome.TIMED_OUT, 0, loop.recent());
                fail(ServiceFailures.timeout());
            }
            case SEND, RECEIVE -> {
                long idleUntil = end.ofPause(lastProgress);
                if (loop.now() - idleUntil < 0) {
                    deadline.at(idleUntil);
                } else {
                    fail(ServiceFailures.timeout());
                }
            }
            case TUNNEL -> {
                if (tunnel != null) {
                    tunnel.onDeadline();
                }
            }
            case OVER -> {}
        }
    }

    private void forgetWaiter() {
        Waiter waiting = waiter;
        waiter = null;
        if (waiting != null) {
            pool.forget(waiting);
        }
    }

    // ── endings
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void tunnelOver(boolean silent) {
        TargetClient exchange = client;
        ServiceConnection open = connection;
        if (silent) {
            fail(ServiceFailures.timeout());
            return;
        }
        leave();
        if (open != null) {
            open.cancel();
        }
        if (exchange != null) {
            exchange.answerEnd(null);
        }
    }

    private void fail(Failure failure) {
        TargetClient exchange = client;
        ServiceConnection open = connection;
        leave();
        if (open != null) {
            open.cancel();
        }
        if (exchange != null) {
            exchange.fail(failure);
        }
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public RandomGenerator chance() {
        return lane.chance();
    }

    private void leave() {
        if (phase == Phase.OVER) {
            return;
        }
        enter(Phase.OVER, 0);
        client = null;
        connection = null;
        waiter = null;
        instance = null;
        upgrade = null;
        tunnel = null;
        attempts.end(loop.recent());
        lane.giveBack(this);
    }

    private Failure unavailable() {
        return ServiceFailures.unavailable(pool.service());
    }

    private Failure broken(String detail) {
        return ServiceFailures.broken(pool.service(), detail);
    }
}
