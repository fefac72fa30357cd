package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.http2.SharedLists;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One health check: a connection of its own, made as those for requests are, TLS and HTTP/2 included; one
/// request, and what of its answer decides. On one loop; lives for one check.
///
/// The verdict is there with the head mostly; the rest of the answer is read and thrown away for a while, so that
/// a service does not see its answer cut off.
public final class HealthProbe implements ServiceCall, ConnectionOwner, Opening.Opened {
    private static final long REST = TimeUnit.SECONDS.toNanos(1);

    /// Told once how the check went.
    public interface Listener {
        /// @param what was answered, for people; `connected` when nothing was asked
        void answered(boolean passes, String what);

        /// There was no answer.
        ///
        /// @param why for people
        void failed(String why);
    }

    private final Loop loop;
    private final @Nullable HealthQuestion request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final ParsedResponse head = new ParsedResponse();
    private final Deadline deadline;
    private @Nullable Listener listener;
    private @Nullable PooledConnection pooled;
    private @Nullable ServiceConnection connection;

    private HealthProbe(Loop loop, @Nullable HealthQuestion request, Listener listener) {
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.deadline = loop.exchanges().register(this::onDeadline);
    }

    /// Starts a check. On the loop's thread.
    ///
    /// @param request null when being able to connect is enough
    /// @param timeout for all of it
    public static void start(
            Loop loop,
            Service service,
            Instance instance,
            @Nullable HealthQuestion request,
            Duration timeout,
            Listener listener) {
        HealthProbe probe = new HealthProbe(loop, request, listener);
        probe.deadline.at(loop.now() + timeout.toNanos());
        Opening.start(probe, service, instance, false, timeout, probe);
    }

    // ── the connection
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void http1(Http1ServiceConnection made) {
        opened(made, made);
    }

    @Override
    public void http2(Http2ServiceConnection made) {
        opened(made, request == null ? null : made.open());
    }

    private void opened(PooledConnection made, @Nullable ServiceConnection toUse) {
        pooled = made;
        if (listener == null) {
            made.close();
        } else if (request == null || toUse == null) {
            answered(new HealthQuestion.Verdict(true, "connected"));
            made.close();
        } else {
            connection = toUse;
            toUse.begin(this, request);
            if (request.hasBody() && connection == toUse) {
                byte[] octets = request.body();
                toUse.sendBody(Unpooled.wrappedBuffer(octets), octets.length);
                toUse.endBody(null);
            }
            toUse.flush();
        }
    }

    @Override
    public void failed(ServiceFault fault, @Nullable String detail) {
        deadline.close();
        tell(fault == ServiceFault.TLS_FAILED && detail != null ? "no TLS: " + detail : "no connection");
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public long idleNanos() {
        return REST;
    }

    @Override
    public SharedLists lists() {
        return new SharedLists();
    }

    @Override
    public void giveBack(Http1ServiceConnection done) {
        done.close();
    }

    @Override
    public void roomOn(Http2ServiceConnection done) {
        if (done.isIdle()) {
            done.close();
        }
    }

    @Override
    public void closed(PooledConnection done) {
        deadline.close();
        tell("closed without an answer");
    }

    // ── the call
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void onConnection(ServiceConnection to, boolean reused) {
        throw new IllegalStateException("nobody was asked for a connection");
    }

    @Override
    public ParsedResponse answerHead() {
        return head;
    }

    @Override
    public void onInterim(ParsedResponse interim) {}

    @Override
    public void onHead(ParsedResponse whole, int bodyAtHand) {
        HealthQuestion.Verdict verdict = request == null ? null : request.judge(whole);
        if (verdict != null) {
            answered(verdict);
        }
    }

    @Override
    public void onBody(ByteBuf in, int n) {
        int kept = listener == null ? 0 : Math.min(n, HealthQuestion.LONGEST - body.size());
        for (int i = 0; i < kept; i++) {
            body.write(in.getByte(in.readerIndex() + i));
        }
        in.skipBytes(n);
    }

    @Override
    public void onEnd(@Nullable Trailers trailers) {
        connection = null;
        if (request != null) {
            answered(request.judge(head, body.toByteArray(), trailers));
        }
    }

    @Override
    public void onBatch() {}

    @Override
    public void onWritable(boolean writable) {}

    @Override
    public void onFault(ServiceFault fault, @Nullable String detail) {
        connection = null;
        tell(
                switch (fault) {
                    case RESET_BEFORE_ANSWER -> "the stream was reset";
                    case BROKEN_ANSWER -> "an answer that is not HTTP";
                    case TLS_FAILED -> "no TLS: " + detail;
                    case CLOSED_BEFORE_ANSWER,
                            CLOSED_WITHIN_ANSWER,
                            CONNECT_FAILED,
                            NO_CONNECTION,
                            NOT_PROCESSED,
                            NO_UPGRADE -> "closed without an answer";
                });
    }

    // ── endings
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void onDeadline() {
        tell("no answer in time");
        if (connection != null) {
            connection.cancel();
        }
        if (pooled != null) {
            pooled.close();
        }
    }

    private void answered(HealthQuestion.Verdict verdict) {
        Listener to = listener;
        listener = null;
        if (to != null) {
            deadline.at(loop.now() + REST);
            to.answered(verdict.passes(), verdict.what());
        }
    }

    private void tell(String failure) {
        Listener to = listener;
        listener = null;
        if (to != null) {
            to.failed(failure);
        }
    }
}
