package dev.gatehouse.engine.http2;

import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.FieldSource;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One stream (RFC 9113 §5): a request and its answer. Subclasses hear what the peer sends by the `on…`
/// methods and send what they have to say; both on the connection's event loop.
///
/// Data that comes while nobody wants it ([#read]) is held, and the peer is not told to send more: at most a
/// window of it comes. Data that cannot leave is held too; whoever sends looks at [#isWritable].
public abstract class Http2Stream {
    /// More than this waiting to leave, and the stream is not writable; it is again at less than half.
    private static final int MOST_WAITING = 32 << 10;

    private final Http2Session session;
    private int id;

    // ── what comes in
    private final OctetQueue held = new OctetQueue();
    private boolean headDone;
    private boolean peerEnded;
    private boolean endTold;
    private boolean wanted;
    private boolean passing;
    private boolean unwanted;
    private @Nullable Trailers trailers;
    private long announced = -1;
    private long received;
    private int window;
    private int used;

    // ── what goes out
    final OctetQueue waiting = new OctetQueue();
    int sendWindow;
    boolean queued;
    private boolean ending;
    private @Nullable Trailers endTrailers;
    private boolean ended;
    private boolean full;

    /// Whether something of what waited has left lately.
    private boolean moved = true;

    private boolean open = true;

    protected Http2Stream(Http2Session session) {
        this.session = session;
    }

    // ── hooks
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────

    /// A head has come: it is to be parsed from `list`, within the call. Of an answer, there may be several
    /// 1xx.
    ///
    /// @param end whether no body follows
    protected abstract void onHead(HeaderList list, boolean end);

    /// The next `n` octets of `in` are data; exactly those are to be taken. Only while they are wanted.
    protected abstract void onData(ByteBuf in, int n);

    /// The peer has sent all. Only while it is wanted, and not behind a head that was the end itself.
    protected abstract void onEnd(@Nullable Trailers trailers);

    /// The socket has no more for now: what was passed on may be flushed.
    protected abstract void onBatch();

    /// More may be sent, after [#isWritable] has said no.
    protected abstract void onWritable();

    /// The stream is over before its time. Nothing more comes, and nothing can be sent.
    ///
    /// @param byPeer whether the peer says so, by a reset or a GOAWAY that leaves the stream out; if not, what
    ///     it sent was wrong
    protected abstract void onReset(Http2Error error, boolean byPeer);

    /// As [#onReset], because the connection is gone.
    protected abstract void onGone();

    // ── what subclasses do
    // ───────────────────────────────────────────────────────────────────────────────────────────

    public final int id() {
        return id;
    }

    /// What `Content-Length` says of the body that follows, or -1. Called from [#onHead].
    ///
    /// @return false when there is no such body: the stream has been reset, without a call of [#onReset]
    protected final boolean announce(long octets) {
        announced = octets;
        if (octets > 0 && peerEnded) {
            session.wronged(this, Http2Error.PROTOCOL_ERROR, false);
            return false;
        }
        return true;
    }

    /// Wants what the peer sends, or a pause in it. [#onBatch] follows what was held.
    public final void read(boolean on) {
        wanted = on;
        if (on && !passing) {
            passHeld();
            openWindow();
            onBatch();
        }
    }

    /// Nobody wants what the peer still sends of its message; it is told so once ours has ended (RFC 9113
    /// §8.1).
    public final void dismiss() {
        unwanted = true;
        wanted = false;
        session.used(held.length());
        held.clear();
        if (open && ended && !peerEnded) {
            session.resetSoon(this);
        }
    }

    /// Sends a 1xx.
    public void sendInterim(ParsedResponse head) {
        if (open && !ended) {
            session.writer.headers(id, session.lists.interim(session.heads(), head), false);
            session.flushSoon();
        }
    }

    /// Sends the head of an answer.
    ///
    /// @param fields as they are to be sent; those of HTTP/1.1 only are left out
    public final void sendResponse(int status, FieldEdits fields) {
        if (open && !ended) {
            sendHead(session.lists.response(session.heads(), status, fields));
        }
    }

    /// Sends the head of a request: opens the stream.
    public final void sendRequest(RequestLine line, FieldSource fields) {
        if (open && !ended) {
            sendHead(session.lists.request(session.heads(), line, fields));
        }
    }

    private void sendHead(HeadWriter block) {
        session.writer.headers(id, block, false);
        session.guard.earn();
        session.flushSoon();
    }

    /// Sends the next `n` octets of `in`; they are taken.
    public final void sendData(ByteBuf in, int n) {
        if (!open || ended || ending) {
            in.skipBytes(n);
            return;
        }
        session.outgoing.send(this, in, n);
        full |= waiting.length() > MOST_WAITING;
    }

    /// Ends what is sent, once all of it has left.
    public final void sendEnd(@Nullable Trailers with) {
        if (!open || ended || ending) {
            return;
        }
        if (waiting.length() == 0) {
            end(with);
        } else {
            ending = true;
            endTrailers = with == null || with.isEmpty() ? null : copy(with);
            // Nobody says again that what came before the end may go.
            session.flushSoon();
        }
    }

    private void end(@Nullable Trailers with) {
        ended = true;
        if (with == null || with.isEmpty()) {
            session.writer.end(id);
        } else {
            session.writer.headers(id, session.lists.trailers(session.heads(), with), true);
        }
        session.flushSoon();
        if (peerEnded) {
            session.forget(this, false);
        } else if (unwanted) {
            session.resetSoon(this);
        }
    }

    private Trailers copy(Trailers with) {
        HeadWriter lines = session.heads().clear();
        with.writeFields(lines);
        Trailers copy = new Trailers();
        copy.parseWhole(lines.crlf());
        return copy;
    }

    /// Whether more may be sent.
    public final boolean isWritable() {
        return !full || !open;
    }

    /// Ends the stream at once: nobody may take what was sent for the whole. No hook is called.
    public final void reset(Http2Error error) {
        if (open) {
            session.writer.reset(id, error);
            session.flushSoon();
            session.forget(this, true);
            drop();
        }
    }

    /// Whether the peer has sent all of its message.
    public final boolean peerEnded() {
        return peerEnded;
    }

    /// Whether all we have to send has left.
    public final boolean ended() {
        return ended;
    }

    /// Whether something waits, and nothing has left since this was asked last.
    final boolean isStuck() {
        boolean stuck = waiting.length() > 0 && !moved;
        moved = false;
        return stuck;
    }

    // ── for the session
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    void opened(int number, int receiveWindow, int peerWindow) {
        id = number;
        window = receiveWindow;
        sendWindow = peerWindow;
    }

    boolean headDone() {
        return headDone;
    }

    void head(HeaderList list, boolean end) {
        headDone = !list.isInterim();
        peerEnded = end;
        endTold = end;
        if (end && ended) {
            session.forget(this, false);
        }
        onHead(list, end);
    }

    /// @return false when the peer has sent more than it may
    boolean takeWindow(int octets) {
        window -= octets;
        return window >= 0;
    }

    void arrived(ByteBuf in, int n) {
        received += n;
        if (announced >= 0 && received > announced) {
            in.skipBytes(n);
            session.used(n);
            session.wronged(this, Http2Error.PROTOCOL_ERROR, true);
        } else if (unwanted) {
            in.skipBytes(n);
            session.used(n);
        } else if (wanted && held.length() == 0 && !passing) {
            pass(in, n);
        } else {
            held.add(in, n, session.allocator());
        }
    }

    void arrivedEnd(@Nullable Trailers with) {
        if (announced >= 0 && received != announced) {
            session.wronged(this, Http2Error.PROTOCOL_ERROR, true);
            return;
        }
        peerEnded = true;
        trailers = with;
        if (ended) {
            session.forget(this, false);
        }
        if (!passing) {
            tellEnd();
        }
    }

    private void passHeld() {
        while (wanted && held.length() > 0) {
            ByteBuf piece = held.poll();
            try {
                pass(piece, piece.readableBytes());
            } finally {
                piece.release();
            }
        }
        tellEnd();
    }

    private void pass(ByteBuf in, int n) {
        passing = true;
        try {
            onData(in, n);
        } finally {
            passing = false;
        }
        used(n);
    }

    private void tellEnd() {
        if (peerEnded && !endTold && wanted && held.length() == 0) {
            endTold = true;
            onEnd(trailers);
        }
    }

    /// So many octets that counted against the windows are done with.
    void used(int octets) {
        session.used(octets);
        used += octets;
        openWindow();
    }

    /// In large pieces: an update for every frame would be half of all frames.
    private void openWindow() {
        if (open && wanted && !peerEnded && used >= session.streamWindow() / 2) {
            session.writer.windowUpdate(id, used);
            session.flushSoon();
            window += used;
            used = 0;
        }
    }

    /// A piece of what waited has left.
    void left() {
        moved = true;
        if (waiting.length() == 0 && ending) {
            ending = false;
            end(endTrailers);
        } else if (full && waiting.length() <= MOST_WAITING / 2) {
            full = false;
            onWritable();
        }
    }

    /// No number means this stream any more; what is held may still be read.
    void close() {
        open = false;
        waiting.clear();
    }

    /// The stream is over before its time.
    void drop() {
        close();
        session.used(held.length());
        held.clear();
    }

    boolean isOpen() {
        return open;
    }
}
