package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.http2.HeaderList;
import dev.gatehouse.engine.http2.Http2Error;
import dev.gatehouse.engine.http2.Http2Session;
import dev.gatehouse.engine.http2.Http2Stream;
import dev.gatehouse.engine.http2.RequestLine;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One call to a service as a stream of an HTTP/2 connection (RFC 9113 §8.1).
///
/// ```
/// begin ─► HEADERS, DATA … ─► 1xx … ─► head ─► DATA … ─► [trailers] end
///                 └─ RST_STREAM, or GOAWAY that leaves it out ─► fault
/// ```
final class Http2ServiceStream extends Http2Stream implements ServiceConnection {
    private final Http2ServiceConnection connection;
    private final Http2Session session;
    private @Nullable ServiceCall call;
    private @Nullable ExtendedConnect connect;
    private boolean toHead;
    private boolean begun;
    private boolean over;
    private boolean answered;
    private boolean bodyless;
    private long since;

    Http2ServiceStream(Http2ServiceConnection connection, Http2Session session) {
        super(session);
        this.connection = connection;
        this.session = session;
    }

    @Override
    public Instance instance() {
        return connection.instance();
    }

    // ── the call's side
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void begin(ServiceCall caller, ServiceRequest request) {
        call = caller;
        since = connection.loop().recent();
        if (!session.mayOpen()) {
            fail(ServiceFault.NOT_PROCESSED, null);
            return;
        }
        String upgrade = request.upgrade();
        if (upgrade != null) {
            if (!session.peerTakesExtendedConnect()) {
                fail(ServiceFault.NO_UPGRADE, null);
                return;
            }
            connect = new ExtendedConnect(upgrade, request);
        }
        toHead = request.isHead();
        begun = true;
        session.open(this);
        connection.begun();
        sendRequest(line(request), connect == null ? request : connect);
        if (!request.hasBody() && connect == null) {
            sendEnd(null);
        }
        read(true);
    }

    private RequestLine line(ServiceRequest request) {
        HeadWriter text = connection.loop().heads().clear();
        if (connect == null) {
            request.writeMethod(text);
        } else {
            text.put(ExtendedConnect.METHOD);
        }
        int method = text.length();
        request.writeTarget(text);
        int target = text.length();
        request.writeAuthority(text);
        byte[] octets = text.toArray();
        return new RequestLine(
                octets,
                0,
                method,
                octets,
                method,
                target,
                octets,
                target,
                octets.length,
                instance().isTls(),
                connect == null ? null : connect.protocol());
    }

    @Override
    public void sendBody(ByteBuf in, int n) {
        sendData(in, n);
    }

    @Override
    public void endBody(@Nullable Trailers trailers) {
        sendEnd(trailers);
    }

    @Override
    public void tunnel() {
        // A stream carries whatever is put into it.
    }

    @Override
    public void flush() {
        session.flushSoon();
    }

    @Override
    public void cancel() {
        call = null;
        giveUp(Http2Error.CANCEL, true);
    }

    // ── from the service
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    protected void onHead(HeaderList list, boolean end) {
        ServiceCall caller = call;
        if (caller == null) {
            return;
        }
        ParsedResponse head = caller.answerHead();
        if (list.parse(head, Http2ServiceConnection.ANSWER_LIMITS) != Progress.COMPLETE) {
            HeadFault fault = head.fault();
            refuse(fault == null ? null : fault.sentence());
            return;
        }
        if (head.isInterim()) {
            caller.onInterim(head);
            head.reset();
            return;
        }
        answered = true;
        if (connect != null && connect.isAccepted(head)) {
            connect.toUpgrade(head);
            caller.onHead(head, 0);
            return;
        }
        bodyless = end || !head.hasBody(toHead);
        if (head.hasBody(toHead) && !announce(head.contentLength())) {
            fail(ServiceFault.BROKEN_ANSWER, "It has no body, but says how long it is.");
            return;
        }
        caller.onHead(head, 0);
        if (end) {
            onEnd(null);
        }
    }

    @Override
    protected void onData(ByteBuf in, int n) {
        ServiceCall caller = call;
        if (caller == null || bodyless) {
            in.skipBytes(n);
        } else {
            caller.onBody(in, n);
        }
    }

    @Override
    protected void onEnd(@Nullable Trailers trailers) {
        ServiceCall caller = call;
        call = null;
        if (connect != null) {
            sendEnd(null);
        }
        // A request that was answered before it was whole: nobody reads the rest.
        giveUp(Http2Error.NO_ERROR, false);
        if (caller != null) {
            caller.onEnd(trailers);
        }
    }

    @Override
    protected void onBatch() {
        ServiceCall caller = call;
        if (caller != null) {
            caller.onBatch();
        }
    }

    @Override
    protected void onWritable() {
        ServiceCall caller = call;
        if (caller != null) {
            caller.onWritable(true);
        }
    }

    @Override
    protected void onReset(Http2Error error, boolean byPeer) {
        if (!byPeer) {
            fail(ServiceFault.BROKEN_ANSWER, "It is not HTTP/2 as it should be (" + error + ").");
        } else if (error == Http2Error.REFUSED_STREAM && !answered) {
            fail(ServiceFault.NOT_PROCESSED, null);
        } else if (answered) {
            fail(ServiceFault.CLOSED_WITHIN_ANSWER, null);
        } else {
            fail(ServiceFault.RESET_BEFORE_ANSWER, "It reset the stream (" + error + ").");
        }
    }

    @Override
    protected void onGone() {
        fail(answered ? ServiceFault.CLOSED_WITHIN_ANSWER : ServiceFault.CLOSED_BEFORE_ANSWER, null);
    }

    // ── endings
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void refuse(@Nullable String why) {
        reset(Http2Error.PROTOCOL_ERROR);
        fail(ServiceFault.BROKEN_ANSWER, why);
    }

    private void fail(ServiceFault fault, @Nullable String detail) {
        ServiceCall caller = call;
        call = null;
        end(false);
        if (caller != null) {
            caller.onFault(fault, detail);
        }
    }

    /// Ends the stream, if it has not ended by itself.
    ///
    /// @param early whether before the answer did
    private void giveUp(Http2Error error, boolean early) {
        if (begun && !over && (early || !ended())) {
            reset(error);
        }
        end(early);
    }

    private void end(boolean givenUp) {
        if (!over) {
            over = true;
            connection.ended(since, givenUp);
        }
    }
}
