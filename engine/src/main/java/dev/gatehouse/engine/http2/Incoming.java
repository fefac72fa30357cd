package dev.gatehouse.engine.http2;

import dev.gatehouse.engine.net.Loop;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes in on one connection, frame by frame: what each one may say where (RFC 9113 §5.1, §6), and what becomes
/// of it.
final class Incoming implements FrameReceiver {
    private final Http2Session session;
    private final Loop loop;
    private final boolean client;
    private final FrameReader reader;
    private final HeaderBlocks blocks;
    private final List<Http2Stream> touched = new ArrayList<>();

    private boolean open = true;
    /// What the peer may still send, on all streams together.
    private int window;

    /// What came and nobody has taken yet.
    private int waiting;

    private @Nullable Http2Stream dataTo;

    Incoming(Http2Session session, SharedLists shared, Loop loop, boolean client) {
        this.session = session;
        this.blocks = new HeaderBlocks(session, this, shared, client);
        this.loop = loop;
        this.client = client;
        this.reader = new FrameReader(loop.allocator(), this, !client);
    }

    void bring(ByteBuf in) {
        reader.bring(in);
    }

    void close() {
        open = false;
        dataTo = null;
        touched.clear();
        blocks.close();
        reader.close();
    }

    /// Tells the streams that heard something that this was all for now.
    void endBatch() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).onBatch();
        }
        touched.clear();
    }

    void touch(Http2Stream stream) {
        if (touched.isEmpty() || touched.getLast() != stream) {
            touched.add(stream);
        }
    }

    boolean isWithinFrame() {
        return blocks.within() != 0 || reader.isWithinFrame();
    }

    /// The last stream the peer has opened.
    int lastStream() {
        return blocks.lastStream();
    }

    void window(int octets) {
        window = octets;
    }

    void widen(int octets) {
        window += octets;
    }

    void done(int octets) {
        waiting -= octets;
    }

    boolean isStalled() {
        return waiting > 0 && window < Frame.MAX_PAYLOAD;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void broken(Http2Error error, String why) {
        session.fail(error, why);
    }

    /// Counts a frame without use, or a mistake.
    void countUseless() {
        if (!session.guard.useless(loop.recent())) {
            session.fail(Http2Error.ENHANCE_YOUR_CALM, "too many frames without use");
        }
    }

    private void countSpent() {
        if (!session.guard.spend(loop.recent())) {
            session.fail(Http2Error.ENHANCE_YOUR_CALM, "too many frames without use");
        }
    }

    // ── data
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void dataBegins(int id, int flags, int length) {
        dataTo = null;
        if (!mayCome(Frame.DATA, id) || isNobodys(id, "DATA")) {
            return;
        }
        window -= length;
        waiting += length;
        if (window < 0) {
            session.fail(Http2Error.FLOW_CONTROL_ERROR, "more data than the connection's window");
            return;
        }
        Http2Stream stream = session.stream(id);
        if (stream == null) {
            stray(id);
        } else if (stream.peerEnded()) {
            session.wronged(stream, Http2Error.STREAM_CLOSED, true);
        } else if (!stream.headDone()) {
            session.wronged(stream, Http2Error.PROTOCOL_ERROR, true);
        } else if (!stream.takeWindow(length)) {
            session.wronged(stream, Http2Error.FLOW_CONTROL_ERROR, true);
        } else {
            dataTo = stream;
            if (length == 0 && (flags & Frame.END_STREAM) == 0) {
                countUseless();
            }
        }
    }

    /// A frame on a stream that has ended: one that we reset may still bring what was on its way.
    private void stray(int id) {
        if (!session.closed.wasReset(id)) {
            session.writer.reset(id, Http2Error.STREAM_CLOSED);
            countUseless();
        }
    }

    @Override
    public void data(ByteBuf in, int n) {
        Http2Stream to = dataTo;
        if (to == null || !to.isOpen()) {
            in.skipBytes(n);
            session.used(n);
            return;
        }
        touch(to);
        to.arrived(in, n);
    }

    @Override
    public void padding(int n) {
        Http2Stream to = dataTo;
        if (to == null) {
            session.used(n);
        } else {
            to.used(n);
        }
    }

    @Override
    public void dataEnds(int flags) {
        Http2Stream to = dataTo;
        dataTo = null;
        if (to != null && to.isOpen() && (flags & Frame.END_STREAM) != 0) {
            touch(to);
            to.arrivedEnd(null);
        }
    }

    // ── other frames
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void frame(int type, int flags, int id, ByteBuf in, int length) {
        if (!mayCome(type, id)) {
            return;
        }
        switch (type) {
            case Frame.HEADERS -> blocks.begin(flags, id, in, length);
            case Frame.CONTINUATION -> blocks.goOn(flags, in, length);
            case Frame.PRIORITY -> priority(id, in, length);
            case Frame.RST_STREAM -> reset(id, in, length);
            case Frame.SETTINGS -> settings(flags, id, in, length);
            case Frame.PUSH_PROMISE -> session.fail(Http2Error.PROTOCOL_ERROR, "a push that was not allowed");
            case Frame.PING -> ping(flags, id, in, length);
            case Frame.GOAWAY -> goAway(id, in, length);
            case Frame.WINDOW_UPDATE -> windowUpdate(id, in, length);
            default -> countUseless();
        }
    }

    /// Settings come first (RFC 9113 §3.4), and a header block is not interrupted (§4.3).
    private boolean mayCome(int type, int id) {
        if (!session.peer.arrived && type != Frame.SETTINGS) {
            session.fail(Http2Error.PROTOCOL_ERROR, "settings have to come first");
            return false;
        }
        int within = blocks.within();
        if ((within != 0) != (type == Frame.CONTINUATION) || (within != 0 && id != within)) {
            session.fail(Http2Error.PROTOCOL_ERROR, "a header block is interrupted, or goes on where none began");
            return false;
        }
        return true;
    }

    /// Whether a frame stands on a stream that was never opened, or on none: the connection fails.
    boolean isNobodys(int id, String what) {
        boolean ours = (id & 1) == (client ? 1 : 0);
        boolean idle = ours ? client ? id >= session.nextStream() : true : id > blocks.lastStream();
        if (id == 0 || idle) {
            session.fail(Http2Error.PROTOCOL_ERROR, what + " on a stream that is not open");
            return true;
        }
        return false;
    }

    private boolean hasLength(int length, int wanted) {
        if (length != wanted) {
            session.fail(Http2Error.FRAME_SIZE_ERROR, "a frame of a wrong size");
            return false;
        }
        return true;
    }

    private boolean isOfConnection(int id) {
        if (id != 0) {
            session.fail(Http2Error.PROTOCOL_ERROR, "a frame of the connection on a stream");
            return false;
        }
        return true;
    }

    private void priority(int id, ByteBuf in, int length) {
        if (id == 0) {
            session.fail(Http2Error.PROTOCOL_ERROR, "a priority of no stream");
        } else if (length != 5) {
            mistake(id, Http2Error.FRAME_SIZE_ERROR);
        } else if ((in.readInt() & Integer.MAX_VALUE) == id) {
            mistake(id, Http2Error.PROTOCOL_ERROR);
        } else {
            countSpent();
        }
    }

    /// On one stream, if it is open; else there is nothing to reset.
    private void mistake(int id, Http2Error error) {
        Http2Stream stream = session.stream(id);
        if (stream == null) {
            session.fail(error, "a broken frame on a stream that is not open");
        } else {
            session.wronged(stream, error, true);
        }
    }

    private void reset(int id, ByteBuf in, int length) {
        if (!hasLength(length, 4) || isNobodys(id, "RST_STREAM")) {
            return;
        }
        Http2Stream stream = session.stream(id);
        if (stream != null) {
            session.peerResets(stream, Http2Error.of(in.readUnsignedInt()));
        }
        // A server may give up as many streams as it likes: each was a request of ours.
        if (!client) {
            countUseless();
        }
    }

    private void settings(int flags, int id, ByteBuf in, int length) {
        if (!isOfConnection(id)) {
            return;
        }
        if ((flags & Frame.ACK) != 0) {
            hasLength(length, 0);
            return;
        }
        if (length % 6 != 0) {
            session.fail(Http2Error.FRAME_SIZE_ERROR, "settings of a wrong size");
            return;
        }
        PeerSettings peer = session.peer;
        if (peer.arrived) {
            countUseless();
        }
        int before = peer.streamWindow;
        Http2Error error = peer.read(in, length, client);
        if (error == Http2Error.NO_ERROR && !session.outgoing.widenAll(session.all(), peer.streamWindow - before)) {
            error = Http2Error.FLOW_CONTROL_ERROR;
        }
        if (error != Http2Error.NO_ERROR) {
            session.fail(error, "a setting has a value it cannot have");
            return;
        }
        session.lists.maxTable(peer.headerTable);
        session.writer.settingsAck();
        session.onSettings();
    }

    private void ping(int flags, int id, ByteBuf in, int length) {
        if (!isOfConnection(id) || !hasLength(length, 8)) {
            return;
        }
        if ((flags & Frame.ACK) != 0) {
            session.pong(in.readLong());
        } else {
            session.writer.ping(in.readLong(), true);
            countSpent();
        }
    }

    private void goAway(int id, ByteBuf in, int length) {
        if (!isOfConnection(id)) {
            return;
        }
        if (length < 8) {
            hasLength(length, 8);
            return;
        }
        session.peerRetires(in.readInt() & Integer.MAX_VALUE);
    }

    private void windowUpdate(int id, ByteBuf in, int length) {
        if (!hasLength(length, 4)) {
            return;
        }
        int more = in.readInt() & Integer.MAX_VALUE;
        if (id == 0) {
            if (more == 0) {
                session.fail(Http2Error.PROTOCOL_ERROR, "a window opened by nothing");
            } else if (!session.outgoing.widen(more)) {
                session.fail(Http2Error.FLOW_CONTROL_ERROR, "a window larger than any can be");
            } else {
                countSpent();
            }
            return;
        }
        if (isNobodys(id, "WINDOW_UPDATE")) {
            return;
        }
        Http2Stream stream = session.stream(id);
        if (stream != null && more == 0) {
            session.wronged(stream, Http2Error.PROTOCOL_ERROR, true);
        } else if (stream != null && !session.outgoing.widen(stream, more)) {
            session.wronged(stream, Http2Error.FLOW_CONTROL_ERROR, true);
        } else {
            countSpent();
        }
    }
}
