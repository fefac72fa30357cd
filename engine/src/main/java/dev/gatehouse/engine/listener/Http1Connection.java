package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.exchange.ClientStream;
import dev.gatehouse.engine.exchange.ExchangeDriver;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/// A client's HTTP/1.1 connection: one exchange at a time, in the order the requests came (RFC 9112 §9.3.2). The
/// next head is not looked at before the exchange has ended.
///
/// ```
/// IDLE ─► HEAD ─► EXCHANGE ─┬─► IDLE                the connection lives on
///                           ├─► DISCARD ─► IDLE     a small rest of the request is read first
///                           ├─► LINGER ─► CLOSED    the last answer is read, what still comes is thrown away
///                           └─► TUNNEL ─► LINGER    101
/// ```
///
/// This is the order of things; each of them is told elsewhere: what the socket brings in [AcceptedSocket] and
/// [Inflow], a request's body in [RequestBody], what is written in [AnswerWriter], the end in [ConnectionEnd].
/// Lives as long as the socket is open, on one event loop.
final class Http1Connection implements ClientConnection, ClientStream {
    private enum State {
        IDLE,
        HEAD,
        EXCHANGE,
        DISCARD,
        LINGER,
        TUNNEL,
        CLOSED
    }

    private final ChannelHandlerContext context;
    private final Peer peer;
    private final Loop loop;
    private final ListenerRules rules;
    private final LimitsConfig limits;
    private final Deadline deadline;
    private final Inflow inflow;
    private final RequestBody body;
    private final AnswerWriter answers;
    private final ConnectionEnd end;

    private State state = State.IDLE;
    private @Nullable ExchangeDriver exchange;
    private boolean draining;

    Http1Connection(ListenerLoop listener, ChannelHandlerContext context, Peer peer) {
        this.context = context;
        this.peer = peer;
        this.loop = listener.loop();
        this.rules = listener.rules();
        this.limits = rules.limits();
        this.deadline = loop.connections().register(this::onDeadline);
        this.inflow = new Inflow(loop.allocator(), context.channel().config(), this::use);
        this.body = new RequestBody(loop, limits, deadline);
        this.answers = new AnswerWriter(loop, context);
        this.end =
                new ConnectionEnd(context, loop, deadline, limits.idleTimeout().toNanos(), answers);
        loop.now();
        awaitRequest();
    }

    // ── from the socket
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void onOctets(ByteBuf in) {
        loop.now();
        inflow.bring(in);
    }

    /// See [Inflow.Use#next]. Exchanges may begin and end inside.
    private boolean use(ByteBuf in) {
        return switch (state) {
            case IDLE, HEAD -> readHead(in);
            case EXCHANGE -> exchange != null && body.passOn(in, exchange);
            case DISCARD -> discard(in);
            case TUNNEL -> tunnel(in);
            case LINGER, CLOSED -> {
                in.skipBytes(in.readableBytes());
                yield false;
            }
        };
    }

    private boolean readHead(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        if (end.isClosing()) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        if (state == State.IDLE && !isWritable()) {
            // Who asks again and again and does not read what we answer would have us keep it all.
            return false;
        }
        ExchangeDriver driver = exchange;
        if (driver == null) {
            driver = rules.exchanges().open();
            exchange = driver;
        }
        ParsedRequest request = driver.requestSlices();
        Progress progress = request.parse(in, rules.headLimits());
        if (progress == Progress.COMPLETE) {
            begin(driver, request);
            return true;
        }
        if (progress == Progress.INCOMPLETE) {
            if (state == State.IDLE && request.hasBegun()) {
                state = State.HEAD;
                deadline.at(loop.now() + limits.headTimeout().toNanos());
            }
            return false;
        }
        state = State.EXCHANGE;
        deadline.disarm();
        // What follows a head nobody understood is not a request.
        in.skipBytes(in.readableBytes());
        body.beginNone();
        answers.answerUnreadable();
        HeadFault fault = request.fault();
        driver.refuse(this, peer, fault == null ? HeadFault.REQUEST_LINE_INVALID : fault);
        return true;
    }

    private void begin(ExchangeDriver driver, ParsedRequest request) {
        state = State.EXCHANGE;
        deadline.disarm();
        body.begin(request);
        answers.answer(request);
        if (draining) {
            answers.nothingAfterThis();
        }
        driver.begin(this, peer);
    }

    private boolean discard(ByteBuf in) {
        body.discard(in);
        if (!body.ended()) {
            return false;
        }
        awaitRequest();
        return true;
    }

    private boolean tunnel(ByteBuf in) {
        ExchangeDriver driver = exchange;
        if (driver == null || !body.wanted() || !in.isReadable()) {
            return false;
        }
        driver.onTunnelOctets(in, in.readableBytes());
        return true;
    }

    @Override
    public void onBatch() {
        ExchangeDriver driver = running();
        if (driver != null) {
            driver.onBatch();
        }
    }

    @Override
    public void onWritable(boolean writable) {
        loop.now();
        ExchangeDriver driver = running();
        if (driver != null) {
            driver.onWritable(writable);
        } else if (state == State.IDLE && inflow.isHolding()) {
            resume();
        }
    }

    @Override
    public void onClosed() {
        State before = state;
        state = State.CLOSED;
        end.closed();
        inflow.close();
        ExchangeDriver driver = exchange;
        exchange = null;
        if (driver == null) {
            return;
        }
        if (before == State.HEAD || before == State.IDLE) {
            driver.abandon();
        } else {
            driver.onClientLeft();
        }
    }

    // ── from the exchange
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void sendInterim(ParsedResponse head) {
        if (answers.interim(head) && head.status() == 100) {
            body.continued();
        }
    }

    @Override
    public void sendHead(
            ParsedResponse head, FieldEdits fields, boolean hasBody, long length, int bodyAtHand, boolean whole) {
        if (state == State.CLOSED) {
            return;
        }
        if (head.status() == 101) {
            answers.upgrade(head, fields);
            body.beginNone();
            state = State.TUNNEL;
            readBody(true);
            if (draining && exchange != null) {
                exchange.onDrain();
            }
            return;
        }
        // A service that answers below 300 may well read on; nobody else does.
        boolean restUnread = whole || head.status() >= 300;
        if (draining || (restUnread && !body.ended() && !body.hasSmallRest())) {
            answers.nothingAfterThis();
        }
        answers.head(head, fields, hasBody && length < 0, bodyAtHand);
    }

    @Override
    public void sendBody(ByteBuf in, int n) {
        answers.body(in, n);
    }

    @Override
    public void sendEnd(@Nullable Trailers trailers) {
        answers.end(trailers);
    }

    @Override
    public void flush() {
        answers.flush();
    }

    @Override
    public boolean isWritable() {
        return context.channel().isWritable();
    }

    @Override
    public void readBody(boolean on) {
        if (running() == null || body.wanted() == on) {
            return;
        }
        body.want(on);
        if (on) {
            resume();
        } else {
            inflow.read(false);
        }
    }

    @Override
    public void abort() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            end.abort();
        }
    }

    @Override
    public void exchangeEnded() {
        ExchangeDriver driver = exchange;
        boolean whole = body.ended();
        exchange = null;
        if (driver == null || state == State.CLOSED) {
            return;
        }
        deadline.disarm();
        if (answers.keepsAlive() && whole) {
            awaitRequest();
        } else if (answers.keepsAlive() && body.hasSmallRest()) {
            state = State.DISCARD;
            deadline.at(loop.now() + limits.headTimeout().toNanos());
        } else {
            boolean quiet = state == State.TUNNEL || (whole && !inflow.isHolding() && !inflow.isBusy());
            state = State.LINGER;
            if (quiet) {
                end.close();
            } else {
                end.linger();
            }
        }
        if (state != State.CLOSED) {
            resume();
        }
    }

    private void awaitRequest() {
        state = State.IDLE;
        long idle = draining ? ListenerLoop.DRAINED_IDLE : limits.idleTimeout().toNanos();
        deadline.at(loop.recent() + idle);
    }

    /// Goes on with what was held, and reads from the socket when that is used up.
    private void resume() {
        if (inflow.isBusy()) {
            return;
        }
        if (state == State.EXCHANGE && body.wanted() && body.ended() && !inflow.isHolding()) {
            // The last octets came just before a pause: nothing more will come from the socket to tell the end by.
            inflow.bring(Unpooled.EMPTY_BUFFER);
        } else {
            inflow.bringHeld();
        }
        onBatch();
        if (!inflow.isHolding() && (state != State.EXCHANGE || body.wanted() || body.ended())) {
            inflow.read(true);
        }
    }

    // ── moments
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void onDeadline() {
        switch (state) {
            case IDLE, DISCARD -> end.closeNow();
            case HEAD -> {
                ExchangeDriver driver = exchange;
                if (driver != null) {
                    state = State.EXCHANGE;
                    answers.answerUnreadable();
                    driver.refuseLate(this, peer);
                }
            }
            case EXCHANGE -> {
                ExchangeDriver driver = exchange;
                if (driver != null && !driver.isRequestWhole() && body.isLate()) {
                    answers.nothingAfterThis();
                    driver.onLateBody();
                }
            }
            case LINGER -> end.onDeadline();
            case TUNNEL, CLOSED -> {}
        }
    }

    // ── life cycle
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    /// The gateway is shutting down: the next answer says so, and a connection without a request has a second
    /// left. An answer that has begun has promised that the connection lives on, so the request after it is still
    /// served.
    @Override
    public void drain() {
        draining = true;
        if (state == State.IDLE) {
            loop.now();
            awaitRequest();
        } else if (state == State.TUNNEL && exchange != null) {
            exchange.onDrain();
        }
    }

    @Override
    public void cutOff() {
        ExchangeDriver driver = running();
        if (driver != null) {
            driver.onShutdown();
        } else {
            closeNow();
        }
    }

    @Override
    public void closeNow() {
        end.closeNow();
    }

    /// The exchange that has begun and not ended.
    private @Nullable ExchangeDriver running() {
        return state == State.EXCHANGE || state == State.TUNNEL ? exchange : null;
    }
}
