package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Outbox;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.http1.BodyReader;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/1.1 connection to an instance of a service. Carries one call at a time and goes back to its pool after
/// an answer that leaves no doubt where it ended; in any doubt it is closed.
public final class ServiceConnection extends ChannelInboundHandlerAdapter {
    /// Answers are held to the same head limits as requests, with more room for fields.
    private static final HeadLimits ANSWER_LIMITS = new HeadLimits(64 << 10, 8 << 10, 256);

    /// Room kept behind a request's head for the body that came with it.
    private static final int BODY_AT_HAND = 10 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ServiceConnection.class);

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

    private final ServicePool pool;
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
    private long idleNanos;

    ServiceConnection(ServicePool pool, Instance instance) {
        this.pool = pool;
        this.instance = instance;
        this.idle = pool.loop().connections().register(this::close);
        this.idleNanos = pool.idleNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        outbox = new Outbox(ctx);
    }

    public Instance instance() {
        return instance;
    }

    // ── the call's side
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// Starts a call on this idle connection.
    ///
    /// @param head the request's head, ready to be written
    /// @param toHead whether the method is HEAD
    /// @param hasBody whether [#sendBody] and [#endBody] follow
    /// @param chunked whether that body is to be chunked
    public void begin(ServiceCall caller, HeadWriter head, boolean toHead, boolean hasBody, boolean chunked) {
        this.call = caller;
        this.toHead = toHead;
        this.requestEnded = !hasBody;
        this.chunkedRequest = chunked;
        this.answered = false;
        this.state = State.HEAD;
        outbox().head(head, hasBody ? BODY_AT_HAND : 0);
    }

    /// Sends the next `n` octets of `in` as body.
    public void sendBody(ByteBuf in, int n) {
        if (state == State.CLOSED || broken) {
            in.skipBytes(n);
        } else {
            outbox().body(in, n, chunkedRequest);
        }
    }

    public void endBody(@Nullable Trailers trailers) {
        requestEnded = true;
        if (chunkedRequest && !broken && state != State.CLOSED) {
            outbox().end(trailers, pool.loop().heads());
        }
    }

    /// From here on `sendBody` sends octets of another protocol: 101 has been passed on.
    public void tunnel() {
        chunkedRequest = false;
    }

    public void flush() {
        if (state != State.CLOSED) {
            outbox().flush();
        }
    }

    public boolean isWritable() {
        return broken || (state != State.CLOSED && channel().isWritable());
    }

    /// Stops or resumes reading the answer, when the client cannot keep up.
    public void read(boolean on) {
        if (state != State.CLOSED && channel().config().isAutoRead() != on) {
            channel().config().setAutoRead(on);
        }
    }

    /// Gives the call up: the connection is closed, and the call hears nothing more.
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

    void close() {
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
        pool.loop().now();
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
        reusable = head.keepAlive() && !head.announcesImpossibleBody();
        noteKeepAlive(head);
        if (!head.hasBody(toHead)) {
            body.startEmpty();
        } else if (head.isChunked()) {
            body.startChunked();
        } else if (head.contentLength() > 0) {
            body.startLength(head.contentLength());
        } else {
            body.startUntilClose();
            reusable = false;
        }
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
            pool.giveBack(this);
        } else {
            close();
        }
        caller.onEnd(trailers);
    }

    /// A service that says when it will close an unused connection is believed, and we are a second earlier.
    private void noteKeepAlive(ParsedResponse head) {
        int field = head.find(KnownField.KEEP_ALIVE);
        if (field < 0) {
            return;
        }
        String value = head.value(field);
        int at = value.indexOf("timeout=");
        if (at < 0) {
            return;
        }
        long seconds = 0;
        for (int i = at + 8; i < value.length() && seconds < 100_000; i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            seconds = seconds * 10 + (c - '0');
        }
        long announced = Math.max(TimeUnit.SECONDS.toNanos(seconds) - TimeUnit.SECONDS.toNanos(1), 1);
        idleNanos = Math.min(pool.idleNanos(), announced);
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
        pool.loop().now();
        ServiceCall caller = call;
        if (caller != null) {
            caller.onWritable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.loop().now();
        State before = state;
        boolean wasAnswered = answered;
        state = State.CLOSED;
        idle.close();
        outbox().drop();
        pool.closed(this);
        ServiceCall caller = call;
        if (caller == null) {
            return;
        }
        call = null;
        if (before == State.TUNNEL || (before == State.BODY && !broken && body.endsWithConnection())) {
            caller.onEnd(null);
        } else if (wasAnswered) {
            caller.onFault(ServiceFault.CLOSED_WITHIN_ANSWER, null);
        } else {
            caller.onFault(ServiceFault.CLOSED_BEFORE_ANSWER, null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            // A service may answer early and close while we still send: what it said is still to be read, so a
            // failed write ends the sending only. After a failed read the channel closes itself, and
            // channelInactive tells: an answer that ends with its connection has not ended when the connection
            // broke.
            broken = true;
            reusable = false;
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
