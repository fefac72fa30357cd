package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.connection.ConnectionWish;
import dev.gatehouse.engine.service.connection.ServiceCall;
import dev.gatehouse.engine.service.connection.ServiceConnection;
import dev.gatehouse.engine.service.connection.ServiceFault;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.service.connection.ServicePool.Waiter;
import dev.gatehouse.engine.service.health.AttemptOutcome;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.tunnel.Tunnel;
import dev.gatehouse.engine.target.tunnel.Upgrade;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One exchange's dealings with a service: the attempts, and the moments that bound them.
///
/// ```
/// start ─► CONNECT ─► SEND ─► WAIT ─► RECEIVE ─► end
///            ▲  │       (body)  │  └─101─► TUNNEL ─► end
///            └──┴── another instance, when nothing was sent; once more, when a used connection said nothing ──┘
/// ```
final class ProxyCall implements TargetCall, ServiceCall, Tunnel.Owner {
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
    private final OutgoingRequest outgoing = new OutgoingRequest();

    private final CallEnd end = new CallEnd();
    private TimeoutConfig timeouts = TimeoutConfig.DEFAULT;

    private Phase phase = Phase.OVER;
    private @Nullable TargetClient client;
    private @Nullable ServiceConnection connection;
    private @Nullable Waiter waiter;
    private @Nullable Instance instance;

    /// Takes over after a 101.
    private @Nullable Tunnel tunnel;

    private boolean reused;
    private boolean retried;

    /// Whether octets of the body have been handed over: they are not kept for another attempt.
    private boolean bodyBegun;

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
        outgoing.forRoute(route);
    }

    /// Gives up its place among the loop's deadlines; never used again.
    void discard() {
        deadline.close();
    }

    // ── from the exchange
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void start(TargetClient exchange) {
        if (!outgoing.rewrite(exchange, loop.heads())) {
            lane.giveBack(this);
            exchange.fail(ServiceFailures.leadsElsewhere());
            return;
        }
        Failure refusal = outgoing.refusal(exchange);
        if (refusal != null) {
            lane.giveBack(this);
            exchange.fail(refusal);
            return;
        }
        client = exchange;
        connection = null;
        waiter = null;
        retried = false;
        bodyBegun = false;
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
        outgoing.complete(exchange, first);
        requestDeadline = end.ofRequest(now);
        attempt(ConnectionWish.ANY, now);
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
        bodyBegun = true;
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

    private void attempt(ConnectionWish wish, long now) {
        Instance to = instance;
        TargetClient exchange = client;
        if (to == null || exchange == null) {
            return;
        }
        exchange.sentTo(pool.service(), to, outgoing.rewritten());
        enter(Phase.CONNECT, now);
        Waiter waiting = pool.acquire(this, to, outgoing.upgrade() != null ? ConnectionWish.HTTP_1_1 : wish);
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
        outgoing.to(to.instance(), end.left(loop.recent()));
        to.begin(this, outgoing);
        if (connection != to) {
            // It has failed at once.
            return;
        }
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

    @Override
    public void onFault(ServiceFault fault, @Nullable String detail) {
        connection = null;
        waiter = null;
        TargetClient exchange = client;
        if (exchange == null) {
            return;
        }
        boolean brokenOff = fault == ServiceFault.CLOSED_BEFORE_ANSWER || fault == ServiceFault.CLOSED_WITHIN_ANSWER;
        if (brokenOff && end.isNear(loop.recent())) {
            // It knows when the call has to be over, and gave up in time.
            attempts.report(AttemptOutcome.NOTHING, 0, loop.recent());
            fail(ServiceFailures.late());
            return;
        }
        switch (fault) {
            case CONNECT_FAILED -> {
                attempts.report(AttemptOutcome.CONNECT_FAILED, 0, loop.recent());
                attemptElsewhere(unavailable());
            }
            case TLS_FAILED -> {
                attempts.report(AttemptOutcome.TLS_FAILED, 0, loop.recent());
                attemptElsewhere(ServiceFailures.tls(pool.service(), detail));
            }
            case NOT_PROCESSED -> {
                // It closes the connection in good order, or has enough to do: no failure of the instance.
                attempts.report(AttemptOutcome.NOTHING, 0, loop.recent());
                attemptAgain();
            }
            case NO_UPGRADE -> {
                attempts.report(AttemptOutcome.NOTHING, 0, loop.recent());
                fail(ServiceFailures.noUpgrade(pool.service()));
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
                    attempt(ConnectionWish.FRESH, loop.recent());
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

    /// The service has done nothing about the request: another instance may, if there still is all of it to send.
    private void attemptElsewhere(Failure otherwise) {
        long now = loop.recent();
        Instance next = bodyBegun ? null : attempts.next(now);
        if (next == null) {
            fail(otherwise);
        } else {
            instance = next;
            attempt(ConnectionWish.ANY, now);
        }
    }

    /// The same, and the instance itself may be asked once more when there is no other: it closes one connection
    /// and takes the next.
    private void attemptAgain() {
        Instance same = instance;
        if (bodyBegun || retried || same == null) {
            fail(ServiceFailures.notProcessed(pool.service()));
            return;
        }
        long now = loop.recent();
        Instance next = attempts.next(now);
        if (next == null) {
            retried = true;
            attempts.again(same);
            next = same;
        }
        instance = next;
        attempt(ConnectionWish.ANY, now);
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
            Upgrade asked = outgoing.wish();
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
