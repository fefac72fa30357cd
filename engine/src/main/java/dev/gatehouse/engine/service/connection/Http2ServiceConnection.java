package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.http2.Http2Error;
import dev.gatehouse.engine.http2.Http2Limits;
import dev.gatehouse.engine.http2.Http2Session;
import dev.gatehouse.engine.http2.Http2Stream;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.tls.ServiceHandshakeFailure;
import dev.gatehouse.http1.HeadLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/2 connection to an instance of a service (RFC 9113): a stream for each call. Open once the instance
/// has said what it takes. Ends when nobody has used it for a while, or after its last stream when the instance goes
/// away.
final class Http2ServiceConnection extends ChannelInboundHandlerAdapter implements PooledConnection {
    /// Answers are held to the limits of those of HTTP/1.1.
    static final HeadLimits ANSWER_LIMITS = new HeadLimits(64 << 10, 8 << 10, 256);

    /// Streams at the same time, whatever more the service allows: what is lost on one connection holds up all of
    /// them.
    private static final int MAX_STREAMS = 128;

    /// What may wait here for each of them. The connection's window is as large as all of these together, so that
    /// clients who read slowly hold up nobody else.
    private static final int STREAM_WINDOW = 128 << 10;

    private static final Http2Limits LIMITS =
            new Http2Limits(0, STREAM_WINDOW, STREAM_WINDOW * MAX_STREAMS, 10_000, false, ANSWER_LIMITS);

    /// A call that was given up, and not an octet came since it began so long ago: the connection may be dead.
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Http2ServiceConnection.class);

    private enum State {
        OPENING,
        OPEN,
        /// Carries what it has, and takes nothing new.
        RETIRED,
        CLOSED
    }

    private final ConnectionOwner owner;
    private final Instance instance;
    private final long openingNanos;
    private final Opening.Opened opened;

    /// Until it is open, the time that opening may take; then, without a call, the time until it is closed.
    private final Deadline deadline;

    private State state = State.OPENING;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Session session;
    private int calls;
    private boolean used;
    private long heard;

    /// @param openingNanos until the instance's SETTINGS have to be there
    /// @param opened told when they are, or why not
    Http2ServiceConnection(ConnectionOwner owner, Instance instance, long openingNanos, Opening.Opened opened) {
        this.owner = owner;
        this.instance = instance;
        this.openingNanos = openingNanos;
        this.opened = opened;
        this.deadline = owner.loop().exchanges().register(this::onDeadline);
    }

    @Override
    public Instance instance() {
        return instance;
    }

    // ── the pool's side
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    boolean hasRoom() {
        return state == State.OPEN && calls < MAX_STREAMS && session().mayOpen();
    }

    /// Whether it has carried a request before.
    boolean wasUsed() {
        return used;
    }

    boolean isIdle() {
        return calls == 0;
    }

    /// A stream for one call. Only when it [#hasRoom].
    ServiceConnection open() {
        calls++;
        deadline.disarm();
        return new Http2ServiceStream(this, session());
    }

    /// Takes no more calls, and ends with the last one.
    void retire() {
        if (state == State.OPEN) {
            state = State.RETIRED;
            session().retireNow();
            closeIfDone();
        }
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    /// It was never connected: nothing but its deadline has to be given up.
    void discard() {
        state = State.CLOSED;
        deadline.close();
    }

    // ── a stream's side
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    Loop loop() {
        return owner.loop();
    }

    /// A call's first frames are written.
    void begun() {
        used = true;
    }

    /// A call has ended, one way or the other.
    ///
    /// @param begun when it did
    /// @param givenUp whether nobody waited for its end any more
    void ended(long begun, boolean givenUp) {
        calls--;
        if (givenUp && heard - begun < 0 && owner.loop().recent() - begun > SILENCE) {
            retire();
        }
        if (state == State.OPEN && calls == 0) {
            deadline.at(owner.loop().recent() + owner.idleNanos());
        }
        closeIfDone();
        owner.roomOn(this);
    }

    private void closeIfDone() {
        boolean over =
                state == State.RETIRED || (state == State.OPEN && !session().isOpen());
        if (over && calls == 0) {
            close();
        }
    }

    // ── the socket's side
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start(ctx);
        ctx.fireChannelActive();
    }

    private void start(ChannelHandlerContext ctx) {
        if (session == null) {
            deadline.at(owner.loop().now() + openingNanos);
            session = new Session(ctx);
            session.start();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = owner.loop().now();
        session().onOctets((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        session().onBatch();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        owner.loop().now();
        if (ctx.channel().isWritable()) {
            session().onSocketWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        owner.loop().now();
        State before = state;
        state = State.CLOSED;
        deadline.close();
        if (session != null) {
            session.onClosed();
        }
        if (before == State.OPENING) {
            opened.failed(ServiceFault.CONNECT_FAILED, "it closed the connection before it spoke HTTP/2");
        } else {
            owner.closed(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            // A record that is not TLS, or an alert: with TLS 1.3 a service says only now that it does not take the
            // gateway's certificate.
            neverOpen(ServiceFault.TLS_FAILED, ServiceHandshakeFailure.of(cause).sentence());
        } else if (!(cause instanceof IOException)) {
            LOG.error("connection to {} failed", instance, cause);
        }
        ctx.close();
    }

    private void onDeadline() {
        neverOpen(ServiceFault.CONNECT_FAILED, "no HTTP/2 in time");
        if (state == State.OPEN) {
            retire();
        } else {
            close();
        }
    }

    /// It will never be open.
    private void neverOpen(ServiceFault fault, String detail) {
        if (state == State.OPENING) {
            state = State.CLOSED;
            deadline.close();
            opened.failed(fault, detail);
        }
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("not connected");
        }
        return session;
    }

    /// HTTP/2 on this connection.
    private final class Session extends Http2Session {
        Session(ChannelHandlerContext ctx) {
            super(ctx, owner.loop(), LIMITS, owner.lists(), true);
        }

        @Override
        protected Http2Stream accept() {
            throw new IllegalStateException("a service has opened a stream");
        }

        @Override
        protected void onIdle() {}

        @Override
        protected void onSettings() {
            if (state == State.OPENING) {
                state = State.OPEN;
                deadline.at(owner.loop().recent() + owner.idleNanos());
                opened.http2(Http2ServiceConnection.this);
            } else {
                owner.roomOn(Http2ServiceConnection.this);
            }
        }

        @Override
        protected void onRetired() {
            if (state == State.OPEN) {
                state = State.RETIRED;
                closeIfDone();
            }
        }

        @Override
        protected void onEnding(Http2Error error, String why) {
            neverOpen(ServiceFault.BROKEN_ANSWER, "It does not speak HTTP/2: " + why + ".");
            close();
        }
    }
}
