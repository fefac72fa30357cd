package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.exchange.ClientStream;
import dev.gatehouse.engine.exchange.ExchangeDriver;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Outbox;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.http1.BodyReader;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's HTTP/1.1 connection: one exchange at a time, in the order the requests came (RFC 9112 §9.3.2). The
/// next head is not looked at before the exchange has ended.
///
/// ```
/// IDLE ─► HEAD ─► EXCHANGE ─┬─► IDLE                      the connection lives on
///                           ├─► DISCARD ─► IDLE           a small rest of the request is read first
///                           ├─► LINGER ─► closed          the last answer is being read, and what still comes thrown
/// away
///                           └─► TUNNEL ─► closed          101
/// ```
final class Http1Connection extends ChannelInboundHandlerAdapter implements ClientStream {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);
    private static final byte[] HTTP_1_1 = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(US_ASCII);
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "Connection: keep-alive\r\n".getBytes(US_ASCII);
    private static final byte[] UPGRADE = "Connection: Upgrade\r\nUpgrade: ".getBytes(US_ASCII);

    /// A rest of a request up to this size is read so that the connection can live on.
    private static final long DISCARDED = 64 << 10;

    /// How long a client that still sends is listened to after its answer.
    private static final long LINGER = TimeUnit.SECONDS.toNanos(5);

    private enum State {
        IDLE,
        HEAD,
        EXCHANGE,
        DISCARD,
        LINGER,
        TUNNEL,
        CLOSED
    }

    private final ListenerLoop listener;
    private final Loop loop;
    private final LimitsConfig limits;
    private final HeadLimits headLimits;
    private final Deadline deadline;
    private final BodyReader body = new BodyReader();

    private State state = State.IDLE;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Outbox outbox;
    private @Nullable Peer peer;
    private @Nullable ExchangeDriver exchange;

    /// Octets that came before they were wanted: pipelined requests, or a body nobody asked for yet.
    private @Nullable ByteBuf held;

    private boolean consuming;
    private boolean bodyWanted;
    private boolean keepAlive;
    private boolean http10;
    private boolean draining;
    private boolean closing;
    private boolean chunkedAnswer;
    private boolean awaitsContinue;
    private boolean flushed;
    private long windowBytes;

    Http1Connection(ListenerLoop listener) {
        this.listener = listener;
        this.loop = listener.loop();
        this.limits = listener.limits();
        this.headLimits = listener.headLimits();
        this.deadline = loop.connections().register(this::onDeadline);
    }

    // ── from the socket
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        outbox = new Outbox(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote
                && ctx.channel().localAddress() instanceof InetSocketAddress local) {
            peer = new Peer(remote, local, listener.trustedProxies());
            loop.now();
            awaitRequest();
        } else {
            // Gone between the handshake and now.
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        loop.now();
        if (held != null) {
            in = append(held, in);
            held = null;
        }
        consume(in);
    }

    private ByteBuf append(ByteBuf first, ByteBuf second) {
        ByteBuf both = loop.allocator().directBuffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }

    /// Works through `in`, which is ours to release or to hold. Exchanges may begin and end inside.
    private void consume(ByteBuf in) {
        consuming = true;
        try {
            boolean more = true;
            while (more) {
                more = switch (state) {
                    case IDLE, HEAD -> readHead(in);
                    case EXCHANGE -> readRequestBody(in);
                    case DISCARD -> discard(in);
                    case TUNNEL -> tunnel(in);
                    case LINGER, CLOSED -> {
                        in.skipBytes(in.readableBytes());
                        yield false;
                    }
                };
            }
        } finally {
            consuming = false;
            if (in.isReadable() && state != State.CLOSED) {
                held = in;
                read(false);
            } else {
                in.release();
            }
        }
    }

    private boolean readHead(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        if (closing) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        if (state == State.IDLE && !isWritable()) {
            // Who asks again and again and does not read what we answer would have us keep it all.
            return false;
        }
        ExchangeDriver driver = exchange;
        if (driver == null) {
            driver = listener.exchanges().open();
            exchange = driver;
        }
        ParsedRequest request = driver.requestSlices();
        Progress progress = request.parse(in, headLimits);
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
        keepAlive = false;
        http10 = false;
        // What follows a head nobody understood is not a request.
        in.skipBytes(in.readableBytes());
        body.startEmpty();
        HeadFault fault = request.fault();
        driver.refuse(this, peer(), fault == null ? HeadFault.REQUEST_LINE_INVALID : fault);
        return true;
    }

    private void begin(ExchangeDriver driver, ParsedRequest request) {
        state = State.EXCHANGE;
        deadline.disarm();
        keepAlive = request.keepAlive() && !draining;
        http10 = request.isHttp10();
        chunkedAnswer = false;
        bodyWanted = false;
        awaitsContinue = request.expectsContinue() && request.hasBody();
        if (request.isChunked()) {
            body.startChunked();
        } else {
            body.startLength(Math.max(request.contentLength(), 0));
        }
        driver.begin(this, peer());
    }

    private boolean readRequestBody(ByteBuf in) {
        ExchangeDriver driver = exchange;
        if (driver == null || driver.isRequestWhole() || !bodyWanted) {
            return false;
        }
        int n = body.next(in);
        if (n > 0) {
            if (awaitsContinue) {
                awaitsContinue = false;
                watchBodyRate();
            }
            windowBytes += n;
            driver.onBody(in, n);
            return true;
        }
        if (n == BodyReader.NEED_MORE) {
            return false;
        }
        if (n == BodyReader.END) {
            deadline.disarm();
            driver.onBodyEnd(body.trailers());
            return true;
        }
        HeadFault fault = body.fault();
        keepAlive = false;
        in.skipBytes(in.readableBytes());
        driver.onBrokenBody(fault == null ? HeadFault.CHUNK_INVALID : fault);
        return true;
    }

    private boolean discard(ByteBuf in) {
        int n = body.next(in);
        if (n > 0) {
            in.skipBytes(n);
            return true;
        }
        if (n == BodyReader.END) {
            awaitRequest();
            return true;
        }
        if (n == BodyReader.BROKEN) {
            in.skipBytes(in.readableBytes());
            close();
        }
        return false;
    }

    private boolean tunnel(ByteBuf in) {
        ExchangeDriver driver = exchange;
        if (driver == null || !bodyWanted || !in.isReadable()) {
            return false;
        }
        driver.onTunnelOctets(in, in.readableBytes());
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ExchangeDriver driver = exchange;
        if (driver != null && (state == State.EXCHANGE || state == State.TUNNEL)) {
            driver.onBatch();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        loop.now();
        ExchangeDriver driver = exchange;
        if (driver != null && (state == State.EXCHANGE || state == State.TUNNEL)) {
            driver.onWritable(ctx.channel().isWritable());
        } else if (state == State.IDLE && held != null) {
            resume();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        State before = state;
        state = State.CLOSED;
        deadline.close();
        outbox().drop();
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            rest.release();
        }
        listener.closed(this);
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

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Unchecked: epoll, asked to read from a descriptor that is closed already.
        if (!(cause instanceof IOException || cause instanceof UncheckedIOException)) {
            LOG.error("connection of {} failed", ctx.channel().remoteAddress(), cause);
        }
        closing = true;
        ctx.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    // ── from the exchange
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void sendInterim(ParsedResponse head) {
        if (http10 || state == State.CLOSED) {
            return;
        }
        HeadWriter out = loop.heads().clear();
        statusLine(head, out);
        head.writeFields(out);
        outbox().head(out.crlf(), 0);
        outbox().flush();
        if (awaitsContinue && head.status() == 100) {
            awaitsContinue = false;
            watchBodyRate();
        }
    }

    @Override
    public void sendHead(ParsedResponse head, FieldEdits fields, boolean hasBody, int bodyAtHand) {
        if (state == State.CLOSED) {
            return;
        }
        if (head.status() == 101) {
            sendUpgrade(head, fields);
            return;
        }
        chunkedAnswer = hasBody && head.contentLength() < 0 && !http10;
        if (hasBody && head.contentLength() < 0 && http10) {
            keepAlive = false;
        }
        if (draining || (head.status() >= 300 && !body.ended() && !canDiscard())) {
            keepAlive = false;
        }
        HeadWriter out = loop.heads().clear();
        statusLine(head, out);
        if (head.status() == 204) {
            head.dropAll(KnownField.CONTENT_LENGTH);
        }
        fields.writeTo(out);
        if (chunkedAnswer) {
            out.put(CHUNKED);
        }
        if (!keepAlive) {
            out.put(CLOSE);
        } else if (http10) {
            out.put(KEEP_ALIVE);
        }
        outbox().head(out.crlf(), bodyAtHand);
    }

    private void sendUpgrade(ParsedResponse head, FieldEdits fields) {
        HeadWriter out = loop.heads().clear();
        statusLine(head, out);
        fields.writeTo(out);
        int protocol = head.find(KnownField.UPGRADE);
        out.put(UPGRADE)
                .copy(head.bytes(), head.valueStart(protocol), head.valueEnd(protocol))
                .crlf();
        outbox().head(out.crlf(), 0);
        outbox().flush();
        keepAlive = false;
        state = State.TUNNEL;
        readBody(true);
    }

    private static void statusLine(ParsedResponse head, HeadWriter out) {
        out.put(HTTP_1_1).decimal(head.status()).put(' ');
        out.copy(head.bytes(), head.reasonStart(), head.reasonEnd()).crlf();
    }

    @Override
    public void sendBody(ByteBuf in, int n) {
        if (state == State.CLOSED) {
            in.skipBytes(n);
        } else {
            outbox().body(in, n, chunkedAnswer);
        }
    }

    @Override
    public void sendEnd(@Nullable Trailers trailers) {
        if (state == State.CLOSED) {
            return;
        }
        if (chunkedAnswer) {
            outbox().end(trailers, loop.heads());
        }
        outbox().flush();
    }

    @Override
    public void flush() {
        if (state != State.CLOSED) {
            outbox().flush();
        }
    }

    @Override
    public boolean isWritable() {
        return context != null && context.channel().isWritable();
    }

    @Override
    public void readBody(boolean on) {
        if (state != State.EXCHANGE && state != State.TUNNEL) {
            return;
        }
        if (bodyWanted == on) {
            return;
        }
        bodyWanted = on;
        if (on) {
            watchBodyRate();
            resume();
        } else {
            deadline.disarm();
            read(false);
        }
    }

    @Override
    public void abort() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || state == State.CLOSED) {
            return;
        }
        // A reset: a plain end would make an answer without a length look whole.
        outbox().drop();
        if (ctx.channel().isActive()) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        keepAlive = false;
        state = State.CLOSED;
        ctx.close();
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
        if (state == State.TUNNEL) {
            close();
        } else if (keepAlive && whole) {
            awaitRequest();
        } else if (keepAlive && canDiscard()) {
            state = State.DISCARD;
            deadline.at(loop.now() + limits.headTimeout().toNanos());
        } else if (whole && held == null && !consuming) {
            close();
        } else {
            linger();
        }
        if (state == State.IDLE || state == State.DISCARD || state == State.LINGER) {
            resume();
        }
    }

    /// Whether what is left of the request is little, and will come.
    private boolean canDiscard() {
        return !awaitsContinue && body.remaining() >= 0 && body.remaining() <= DISCARDED;
    }

    private void awaitRequest() {
        state = State.IDLE;
        long idle = draining ? ListenerLoop.DRAINED_IDLE : limits.idleTimeout().toNanos();
        deadline.at(loop.recent() + idle);
    }

    /// RFC 9112 §9.6: our side is closed, and what the client still sends is read and thrown away, so that the
    /// kernel does not answer it with a reset that would take our answer with it.
    private void linger() {
        afterFlush(() -> {
            ((DuplexChannel) context().channel()).shutdownOutput();
            deadline.at(loop.now() + LINGER);
        });
    }

    private void close() {
        afterFlush(() -> context().close());
    }

    /// Runs `then` when the kernel has taken everything; a client that does not read has the idle time for it.
    private void afterFlush(Runnable then) {
        state = State.LINGER;
        flushed = false;
        deadline.at(loop.now() + limits.idleTimeout().toNanos());
        outbox().flush();
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            flushed = true;
            if (state == State.LINGER) {
                then.run();
            }
        });
    }

    private void resume() {
        if (consuming) {
            return;
        }
        ByteBuf rest = held;
        if (rest == null && state == State.EXCHANGE && bodyWanted && body.ended()) {
            // The last octets came just before a pause: nothing more will come from the socket to tell the end by.
            rest = Unpooled.EMPTY_BUFFER;
        }
        if (rest != null) {
            held = null;
            consume(rest);
        }
        ExchangeDriver driver = exchange;
        if (driver != null && (state == State.EXCHANGE || state == State.TUNNEL)) {
            driver.onBatch();
        }
        if (held == null && (state != State.EXCHANGE || bodyWanted || body.ended())) {
            read(true);
        }
    }

    private void read(boolean on) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().config().isAutoRead() != on) {
            ctx.channel().config().setAutoRead(on);
        }
    }

    // ── moments
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void watchBodyRate() {
        if (state == State.EXCHANGE && bodyWanted && !awaitsContinue && limits.bodyRate() > 0 && !body.ended()) {
            windowBytes = 0;
            deadline.at(loop.now() + limits.bodyRateWindow().toNanos());
        }
    }

    private void onDeadline() {
        switch (state) {
            case IDLE, DISCARD -> closeNow();
            case LINGER -> {
                if (flushed) {
                    context().close();
                } else {
                    abort();
                }
            }
            case HEAD -> {
                ExchangeDriver driver = exchange;
                if (driver != null) {
                    state = State.EXCHANGE;
                    keepAlive = false;
                    http10 = false;
                    driver.refuseLate(this, peer());
                }
            }
            case EXCHANGE -> {
                ExchangeDriver driver = exchange;
                long least = limits.bodyRate() * limits.bodyRateWindow().toMillis() / 1000;
                if (driver == null || driver.isRequestWhole()) {
                    return;
                }
                if (windowBytes >= least) {
                    watchBodyRate();
                } else {
                    keepAlive = false;
                    driver.onLateBody();
                }
            }
            case TUNNEL, CLOSED -> {}
        }
    }

    // ── life cycle
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    /// The gateway is shutting down: the next answer says so, and a connection without a request has a second
    /// left. An answer that has begun has promised that the connection lives on, so the request after it is still
    /// served.
    void drain() {
        draining = true;
        if (state == State.IDLE) {
            loop.now();
            awaitRequest();
        }
    }

    /// The time is over.
    void cutOff() {
        ExchangeDriver driver = exchange;
        if (driver != null && (state == State.EXCHANGE || state == State.TUNNEL)) {
            driver.onShutdown();
        } else {
            closeNow();
        }
    }

    /// Closing takes a moment with io_uring. A head that becomes whole meanwhile is not begun: it could not be
    /// answered.
    private void closeNow() {
        closing = true;
        context().close();
    }

    private Peer peer() {
        Peer known = peer;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not connected");
        }
        return ctx;
    }

    private Outbox outbox() {
        Outbox out = outbox;
        if (out == null) {
            throw new IllegalStateException("not connected");
        }
        return out;
    }
}
