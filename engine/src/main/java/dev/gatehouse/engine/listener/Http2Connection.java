package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.Http2Config;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.http2.Http2Error;
import dev.gatehouse.engine.http2.Http2Limits;
import dev.gatehouse.engine.http2.Http2Session;
import dev.gatehouse.engine.http2.Http2Stream;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/// A client's HTTP/2 connection (RFC 9113): one exchange per stream, each of which begins and ends without the
/// others. What is spoken is told in [Http2Session]; here is how long it may take. Lives as long as the socket
/// is open, on one event loop.
final class Http2Connection extends Http2Session implements ClientConnection {
    /// How long a client that was told of the end is listened to.
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    private static final long NEVER = Long.MAX_VALUE;

    private final ChannelHandlerContext context;
    private final Peer peer;
    private final Loop loop;
    private final ListenerRules rules;
    private final Deadline deadline;
    private final long headTimeout;
    private final long idleTimeout;

    /// Since when there is no stream, or since when streams have not been looked at for being stuck.
    private long quietSince;

    /// Since when a frame that has begun does not end.
    private long withinSince = NEVER;

    private long retireAt = NEVER;
    private boolean draining;
    private boolean ending;

    Http2Connection(ListenerLoop listener, ChannelHandlerContext context, Peer peer) {
        super(context, listener.loop(), limits(listener.rules()), listener.headerLists(), false);
        this.context = context;
        this.peer = peer;
        this.loop = listener.loop();
        this.rules = listener.rules();
        LimitsConfig limits = rules.limits();
        this.headTimeout = limits.headTimeout().toNanos();
        this.idleTimeout = limits.idleTimeout().toNanos();
        this.deadline = loop.connections().register(this::onDeadline);
        this.quietSince = loop.now();
        this.withinSince = quietSince;
        start();
        arm();
    }

    private static Http2Limits limits(ListenerRules rules) {
        Http2Config config = rules.config().http2();
        return new Http2Limits(
                config.maxStreams(),
                config.streamWindow(),
                config.connectionWindow(),
                config.abusiveFrames(),
                config.extendedConnect(),
                rules.headLimits());
    }

    // ── from the socket
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void onBatch() {
        super.onBatch();
        if (!isWithinFrame()) {
            withinSince = NEVER;
        } else if (withinSince == NEVER) {
            withinSince = loop.recent();
            arm();
        }
    }

    @Override
    public void onWritable(boolean writable) {
        if (writable) {
            onSocketWritable();
        }
    }

    @Override
    public void onClosed() {
        ending = true;
        deadline.close();
        super.onClosed();
    }

    // ── from the session
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    protected Http2Stream accept() {
        Http2ServerStream stream = new Http2ServerStream(this, loop, rules, peer);
        if (draining) {
            stream.drain();
        }
        return stream;
    }

    @Override
    protected void onIdle() {
        quietSince = loop.recent();
    }

    @Override
    protected void onSettings() {}

    @Override
    protected void onRetired() {}

    @Override
    protected void onEnding(Http2Error error, String why) {
        ending = true;
        deadline.at(loop.now() + LINGER);
    }

    // ── moments
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void arm() {
        long next = quietSince + idleTimeout;
        if (withinSince != NEVER) {
            next = Math.min(next, withinSince + headTimeout);
        }
        deadline.at(Math.min(next, retireAt));
    }

    private void onDeadline() {
        if (ending) {
            closeNow();
            return;
        }
        long now = loop.now();
        if (withinSince != NEVER && now - withinSince >= headTimeout) {
            fail(Http2Error.PROTOCOL_ERROR, "a frame that does not end");
            return;
        }
        if (now >= retireAt) {
            retireAt = NEVER;
            retireNow();
        }
        if (now - quietSince >= idleTimeout) {
            quietSince = now;
            if (streams() == 0) {
                retireNow();
            } else {
                resetStuck();
            }
        }
        if (!ending) {
            arm();
        }
    }

    // ── life cycle
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void drain() {
        draining = true;
        if (!ending) {
            retire();
            retireAt = loop.now() + ListenerLoop.DRAINED_IDLE;
            arm();
            for (Http2Stream stream : all()) {
                ((Http2ServerStream) stream).drain();
            }
        }
    }

    @Override
    public void cutOff() {
        loop.now();
        for (Http2Stream stream : all()) {
            ((Http2ServerStream) stream).cutOff();
        }
        retireNow();
    }

    @Override
    public void closeNow() {
        context.close();
    }
}
