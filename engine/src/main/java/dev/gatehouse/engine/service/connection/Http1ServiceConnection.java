package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Outbox;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.tls.ServiceHandshakeFailure;
import dev.gatehouse.http1.BodyReader;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/1.1 connection to an instance of a service. Carries one call at a time and goes back to its pool after
/// an answer that leaves no doubt where it ended; in any doubt it is closed.
final class Http1ServiceConnection extends ChannelInboundHandlerAdapter implements ServiceConnection, PooledConnection {
    /// Answers are held to the same head limits as requests, with more room for fields.
    private static final HeadLimits ANSWER_LIMITS = new HeadLimits(64 << 10, 8 << 10, 256);

    /// Room kept behind a request's head for the body that came with it.
    private static final int BODY_AT_HAND = 10 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Http1ServiceConnection.class);

    private enum State {
        /// In the pool, or on the way to a call.
        IDLE,
        /// A head is expected.
        HEAD,
        /// The final head is in; its body streams.
        BODY,
        /// 101: octets in both directions, no HTTP.
        TUNNEL,
        CLOSED
    }

    private final ConnectionOwner owner;
    private final Instance instance;
    private final Deadline idle;
    private final BodyReader body = new BodyReader();
    private State state = State.IDLE;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Outbox outbox;
    private @Nullable ServiceCall call;
    private boolean toHead;
    private boolean requestEnded;
    private boolean chunkedRequest;
    private boolean reusable;
    private boolean answered;
    private boolean broken;
    private boolean closing;
    private boolean toldOfEnd;
    private @Nullable String tlsAlert;
    private long idleNanos;

    Http1ServiceConnection(ConnectionOwner owner, Instance instance) {
        this.owner = owner;
        this.instance = instance;
        this.idle = owner.loop().connections().register(this::close);
        this.idleNanos = owner.idleNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        outbox = new Outbox(ctx);
    }

    @Override
    public Instance instance() {
        return instance;
    }

    // ── the call's side
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void begin(ServiceCall caller, ServiceRequest request) {
        boolean hasBody = request.hasBody();
        this.call = caller;
        this.toHead = request.isHead();
        this.requestEnded = !hasBody;
        this.chunkedRequest = request.isChunked();
        this.answered = false;
        this.state = State.HEAD;
        HeadWriter head = owner.loop().heads().clear();
        request.writeHead(head);
        outbox().head(head, hasBody ? BODY_AT_HAND : 0);
    }

    @Override
    public void sendBody(ByteBuf in, int n) {
        if (state == State.CLOSED || broken) {
            in.skipBytes(n);
        } else {
            outbox().body(in, n, chunkedRequest);
        }
    }

    @Override
    public void endBody(@Nullable Trailers trailers) {
        requestEnded = true;
        if (chunkedRequest && !broken && state != State.CLOSED) {
            outbox().end(trailers, owner.loop().heads());
        }
    }

    @Override
    public void tunnel() {
        chunkedRequest = false;
    }

    @Override
    public void flush() {
        if (state != State.CLOSED) {
            outbox().flush();
        }
    }

    @Override
    public boolean isWritable() {
        return broken || (state != State.CLOSED && channel().isWritable());
    }

    @Override
    public void read(boolean on) {
        if (state != State.CLOSED && channel().config().isAutoRead() != on) {
            channel().config().setAutoRead(on);
        }
    }

    @Override
    public void cancel() {
        call = null;
        close();
    }

    // ── the pool's side
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// With io_uring a channel stays active for a while after it was told to close.
    boolean isUsable() {
        return state == State.IDLE && !closing && channel().isActive();
    }

    void park(long now) {
        idle.at(now + idleNanos);
    }

    void unpark() {
        idle.disarm();
    }

    @Override
    public void close() {
        closing = true;
        if (context != null) {
            context.close();
        }
    }

    /// It was never connected: nothing but its deadline has to be given up.
    void discard() {
        state = State.CLOSED;
        idle.close();
    }

    // ── the socket's side
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        owner.loop().now();
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        while (true) {
            ServiceCall caller = call;
            switch (state) {
                case IDLE -> {
                    if (in.isReadable()) {
                        // Octets nobody asked for: whatever they are, the next answer must not start with them.
                        close();
                    }
                    return;
                }
                case HEAD -> {
                    if (caller == null || !in.isReadable()) {
                        return;
                    }
                    answered = true;
                    if (!readHead(caller, in)) {
                        return;
                    }
                }
                case BODY -> {
                    if (caller == null || !readBody(caller, in)) {
                        return;
                    }
                }
                case TUNNEL -> {
                    if (caller != null && in.isReadable()) {
                        caller.onBody(in, in.readableBytes());
                    }
                    return;
                }
                case CLOSED -> {
                    return;
                }
            }
        }
    }

    /// Whether there may be more to do with what is at hand.
    private boolean readHead(ServiceCall caller, ByteBuf in) {
        ParsedResponse head = caller.answerHead();
        Progress progress = head.parse(in, ANSWER_LIMITS);
        if (progress == Progress.INCOMPLETE) {
            return false;
        }
        if (progress == Progress.REFUSED) {
            HeadFault fault = head.fault();
            fail(ServiceFault.BROKEN_ANSWER, fault == null ? null : fault.sentence());
            return false;
        }
        if (head.isInterim()) {
            caller.onInterim(head);
            head.reset();
            return true;
        }
        if (head.status() == 101) {
            state = State.TUNNEL;
            reusable = false;
            caller.onHead(head, in.readableBytes());
            return true;
        }
        boolean bounded = body.startAnswer(head, toHead);
        reusable = bounded && head.keepAlive() && !head.announcesImpossibleBody();
        idleNanos = Math.min(owner.idleNanos(), KeepAlive.nanos(head, idleNanos));
        state = State.BODY;
        caller.onHead(head, in.readableBytes());
        return true;
    }

    private boolean readBody(ServiceCall caller, ByteBuf in) {
        int n = body.next(in);
        if (n > 0) {
            caller.onBody(in, n);
            return true;
        }
        if (n == BodyReader.NEED_MORE) {
            return false;
        }
        if (n == BodyReader.BROKEN) {
            fail(ServiceFault.BROKEN_ANSWER, "the chunked body is broken");
            return false;
        }
        end(caller, in.isReadable());
        return false;
    }

    private void end(ServiceCall caller, boolean moreAtHand) {
        Trailers trailers = body.trailers();
        call = null;
        // More octets than the answer has, or a request that was answered before it was whole: nobody can say
        // where the next answer would begin.
        if (reusable && requestEnded && !moreAtHand && !broken) {
            state = State.IDLE;
            read(true);
            owner.giveBack(this);
        } else {
            close();
        }
        caller.onEnd(trailers);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ServiceCall caller = call;
        if (caller != null) {
            caller.onBatch();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        owner.loop().now();
        ServiceCall caller = call;
        if (caller != null) {
            caller.onWritable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        owner.loop().now();
        State before = state;
        boolean wasAnswered = answered;
        state = State.CLOSED;
        idle.close();
        outbox().drop();
        owner.closed(this);
        ServiceCall caller = call;
        if (caller == null) {
            return;
        }
        call = null;
        if (before == State.TUNNEL || (before == State.BODY && body.endsWithConnection() && endedWell())) {
            caller.onEnd(null);
        } else if (wasAnswered) {
            caller.onFault(ServiceFault.CLOSED_WITHIN_ANSWER, null);
        } else if (tlsAlert != null) {
            caller.onFault(ServiceFault.TLS_FAILED, tlsAlert);
        } else {
            caller.onFault(ServiceFault.CLOSED_BEFORE_ANSWER, null);
        }
    }

    /// An answer that ends with its connection has not ended when that broke, nor when TLS was not ended before it
    /// (RFC 9112 §9.8): anybody could have cut it off.
    private boolean endedWell() {
        return !broken && (toldOfEnd || !instance.isTls());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent end && end.isSuccess() && !closing) {
            // Nothing follows, even if the service leaves its end of the connection open.
            toldOfEnd = true;
            close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            // A service may answer early and close while we still send: what it said is still to be read, so a
            // failed write ends the sending only. After a failed read the channel closes itself, and
            // channelInactive tells.
            broken = true;
            reusable = false;
        } else if (cause instanceof DecoderException) {
            // A record that is not TLS, or an alert: with TLS 1.3 a service says only now that it does not take the
            // gateway's certificate.
            broken = true;
            tlsAlert = ServiceHandshakeFailure.of(cause).sentence();
            close();
        } else {
            LOG.error("connection to {} failed", instance, cause);
            ctx.close();
        }
    }

    private void fail(ServiceFault fault, @Nullable String detail) {
        ServiceCall caller = call;
        call = null;
        close();
        if (caller != null) {
            caller.onFault(fault, detail);
        }
    }

    Channel channel() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context.channel();
    }

    private Outbox outbox() {
        if (outbox == null) {
            throw new IllegalStateException("not connected");
        }
        return outbox;
    }
}
