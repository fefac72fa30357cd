package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.connection.ServiceCall;
import dev.gatehouse.engine.service.connection.ServiceConnection;
import dev.gatehouse.engine.service.connection.ServiceFault;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.proxy.CallProgress.Phase;
import dev.gatehouse.engine.target.tunnel.Tunnel;
import dev.gatehouse.engine.target.tunnel.Upgrade;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One exchange's dealings with a service: what passes in either direction, and how it ends. [AttemptLoop] has the
/// attempts to get there, [CallProgress] the moments that bound them.
///
/// ```
/// start ─► CONNECT ─► SEND ─► WAIT ─► RECEIVE ─► end
///            ▲  │       (body)  │  └─101─► TUNNEL ─► end
///            └──┴── another instance, when nothing was sent; once more, when a used connection said nothing ──┘
/// ```
final class ProxyCall implements TargetCall, ServiceCall, Tunnel.Owner {
    private final ServiceLane lane;
    private final Loop loop;
    private final Deadline deadline;
    private final OutgoingRequest outgoing = new OutgoingRequest();
    private final CallProgress progress;
    private final AttemptLoop attempts;
    private TimeoutConfig timeouts = TimeoutConfig.DEFAULT;

    private @Nullable TargetClient client;
    private @Nullable ServiceConnection connection;

    /// Takes over after a 101.
    private @Nullable Tunnel tunnel;

    private boolean requestEnded;
    private boolean waitsForContinue;

    ProxyCall(ServiceLane lane) {
        this.lane = lane;
        this.loop = lane.loop();
        this.deadline = loop.exchanges().register(this::onDeadline);
        this.progress = new CallProgress(deadline);
        this.attempts = new AttemptLoop(this, lane, outgoing, progress);
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
        requestEnded = !exchange.hasRequestBody();
        waitsForContinue = exchange.awaitsContinue();
        long now = loop.recent();
        progress.begin(timeouts, exchange.callEnd(), now);
        Failure nobody = attempts.begin(exchange, now);
        if (nobody != null) {
            fail(nobody);
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
        long now = loop.recent();
        progress.moved(now);
        attempts.bodyBegins();
        if (progress.phase() == Phase.WAIT) {
            // The client did not wait for 100 after all.
            progress.enter(Phase.SEND, now);
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
        if (progress.phase() == Phase.SEND || progress.phase() == Phase.WAIT) {
            progress.requestSent(loop.recent());
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
        } else if (from != null && progress.phase() == Phase.RECEIVE) {
            from.read(writable);
        }
    }

    @Override
    public void cancel() {
        ServiceConnection open = connection;
        if (tunnel != null) {
            tunnel.cancel();
        }
        attempts.forgetWaiter();
        leave();
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

    // ── from the pool
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void onConnection(ServiceConnection to, boolean wasUsed) {
        attempts.connected(wasUsed);
        TargetClient exchange = client;
        if (exchange == null) {
            to.cancel();
            return;
        }
        connection = to;
        outgoing.to(to.instance(), progress.end().left(loop.recent()));
        to.begin(this, outgoing);
        if (connection != to) {
            // It has failed at once.
            return;
        }
        long now = loop.recent();
        if (requestEnded) {
            progress.enter(Phase.WAIT, now);
            to.flush();
            return;
        }
        progress.moved(now);
        progress.enter(waitsForContinue ? Phase.WAIT : Phase.SEND, now);
        // What of the body is at hand goes out with the head: the end of the batch flushes both.
        exchange.readRequestBody(true);
    }

    @Override
    public void onFault(ServiceFault fault, @Nullable String detail) {
        connection = null;
        Failure why = attempts.onFault(fault, detail);
        if (why != null) {
            fail(why);
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
            long now = loop.recent();
            progress.moved(now);
            progress.enter(Phase.SEND, now);
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
        long now = loop.recent();
        progress.moved(now);
        attempts.answered(head, now);
        if (head.status() == 101) {
            Upgrade asked = outgoing.wish();
            String mistake = asked == null ? Upgrade.UNASKED : asked.mistake(head);
            if (asked == null || mistake != null) {
                from.cancel();
                connection = null;
                fail(attempts.broken(mistake == null ? Upgrade.UNASKED : mistake));
                return;
            }
            progress.enter(Phase.TUNNEL, now);
            tunnel = new Tunnel(this, exchange, from, asked, head, timeouts.idle());
            exchange.tunnels(tunnel);
            from.tunnel();
        } else {
            progress.enter(Phase.RECEIVE, now);
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
        progress.moved(loop.recent());
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

    private void onDeadline() {
        Failure late = attempts.onDeadline(loop.now());
        if (late != null) {
            fail(late);
        } else if (progress.phase() == Phase.TUNNEL && tunnel != null) {
            tunnel.onDeadline();
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
        if (progress.phase() == Phase.OVER) {
            return;
        }
        progress.enter(Phase.OVER, 0);
        client = null;
        connection = null;
        tunnel = null;
        attempts.end();
        lane.giveBack(this);
    }
}
