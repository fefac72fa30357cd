package dev.gatehouse.engine.http2;

import dev.gatehouse.engine.http2.hpack.HpackDecoder;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes in on one connection, frame by frame: what each one may say where (RFC 9113 §5.1, §6), and what becomes
/// of it.
final class Incoming implements FrameReceiver {
    private static final int HEADER_TABLE = 4096;
    private static final int MOST_CONTINUATIONS = 32;
    private static final FieldSink NOBODY = (_, _, _, _, _, _) -> {};

    private final Http2Session session;
    private final SharedLists shared;
    private final Loop loop;
    private final boolean client;
    private final FrameReader reader;
    private final HpackDecoder decoder = new HpackDecoder(HEADER_TABLE);
    private final List<Http2Stream> touched = new ArrayList<>();

    private boolean open = true;
    private int lastStream;

    /// What the peer may still send, on all streams together.
    private int window;

    /// What came and nobody has taken yet.
    private int waiting;

    private @Nullable Http2Stream dataTo;

    /// The stream whose header block goes on in the next frame; 0 when none does.
    private int blockStream;

    private boolean blockEnds;
    private boolean blockSelfish;
    private int continuations;
    private int blockLength;
    private byte @Nullable [] block;

    Incoming(Http2Session session, SharedLists shared, Loop loop, boolean client) {
        this.session = session;
        this.shared = shared;
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
        block = null;
        reader.close();
    }

    /// Tells the streams that heard something that this was all for now.
    void endBatch() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).onBatch();
        }
        touched.clear();
    }

    private void touch(Http2Stream stream) {
        if (touched.isEmpty() || touched.getLast() != stream) {
            touched.add(stream);
        }
    }

    boolean isWithinFrame() {
        return blockStream != 0 || reader.isWithinFrame();
    }

    /// The last stream the peer has opened.
    int lastStream() {
        return lastStream;
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
        if (!session.guard().useless(loop.recent())) {
            session.fail(Http2Error.ENHANCE_YOUR_CALM, "too many frames without use");
        }
    }

    private void countSpent() {
        if (!session.guard().spend(loop.recent())) {
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
        if (!session.closed().wasReset(id)) {
            session.writer().reset(id, Http2Error.STREAM_CLOSED);
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
            case Frame.HEADERS -> headers(flags, id, in, length);
            case Frame.CONTINUATION -> continuation(flags, in, length);
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
        if (!session.peer().arrived && type != Frame.SETTINGS) {
            session.fail(Http2Error.PROTOCOL_ERROR, "settings have to come first");
            return false;
        }
        if ((blockStream != 0) != (type == Frame.CONTINUATION) || (blockStream != 0 && id != blockStream)) {
            session.fail(Http2Error.PROTOCOL_ERROR, "a header block is interrupted, or goes on where none began");
            return false;
        }
        return true;
    }

    /// Whether a frame stands on a stream that was never opened, or on none: the connection fails.
    private boolean isNobodys(int id, String what) {
        boolean ours = (id & 1) == (client ? 1 : 0);
        boolean idle = ours ? client ? id >= session.nextStream() : true : id > lastStream;
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
        PeerSettings peer = session.peer();
        if (peer.arrived) {
            countUseless();
        }
        peer.arrived = true;
        for (int i = 0; i < length && open; i += 6) {
            setting(in.readUnsignedShort(), in.readUnsignedInt());
        }
        if (open) {
            session.lists().maxTable(peer.headerTable);
            session.writer().settingsAck();
            session.onSettings();
        }
    }

    private void setting(int which, long value) {
        PeerSettings peer = session.peer();
        switch (which) {
            case Frame.HEADER_TABLE_SIZE -> peer.headerTable = (int) Math.min(value, Integer.MAX_VALUE);
            case Frame.MAX_CONCURRENT_STREAMS -> peer.maxStreams = (int) Math.min(value, Integer.MAX_VALUE);
            case Frame.INITIAL_WINDOW_SIZE -> initialWindow(value);
            case Frame.ENABLE_PUSH -> check(value == 0 || (value == 1 && !client));
            case Frame.MAX_FRAME_SIZE -> check(value >= Frame.MAX_PAYLOAD && value < 1 << 24);
            case Frame.ENABLE_CONNECT_PROTOCOL -> {
                check(value <= 1 && (value == 1 || !peer.extendedConnect));
                peer.extendedConnect = value == 1;
            }
            default -> {}
        }
    }

    private void check(boolean allowed) {
        if (!allowed) {
            session.fail(Http2Error.PROTOCOL_ERROR, "a setting has a value it cannot have");
        }
    }

    private void initialWindow(long value) {
        if (value > Frame.MAX_WINDOW) {
            session.fail(Http2Error.FLOW_CONTROL_ERROR, "a window larger than any can be");
            return;
        }
        PeerSettings peer = session.peer();
        int more = (int) value - peer.streamWindow;
        peer.streamWindow = (int) value;
        for (Http2Stream stream : session.all()) {
            if (!session.outgoing().widen(stream, more)) {
                session.fail(Http2Error.FLOW_CONTROL_ERROR, "a window larger than any can be");
                return;
            }
        }
    }

    private void ping(int flags, int id, ByteBuf in, int length) {
        if (!isOfConnection(id) || !hasLength(length, 8)) {
            return;
        }
        if ((flags & Frame.ACK) != 0) {
            session.pong(in.readLong());
        } else {
            session.writer().ping(in.readLong(), true);
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
            } else if (!session.outgoing().widen(more)) {
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
        } else if (stream != null && !session.outgoing().widen(stream, more)) {
            session.wronged(stream, Http2Error.FLOW_CONTROL_ERROR, true);
        } else {
            countSpent();
        }
    }

    // ── header blocks
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    private void headers(int flags, int id, ByteBuf in, int length) {
        int rest = length;
        int padding = 0;
        if ((flags & Frame.PADDED) != 0) {
            padding = rest > 0 ? in.readUnsignedByte() : 0;
            rest -= 1 + padding;
        }
        blockSelfish = false;
        if ((flags & Frame.PRIORITISED) != 0 && rest >= 5) {
            blockSelfish = (in.readInt() & Integer.MAX_VALUE) == id;
            in.skipBytes(1);
            rest -= 5;
        } else if ((flags & Frame.PRIORITISED) != 0) {
            rest = -1;
        }
        if (id == 0 || rest < 0) {
            session.fail(Http2Error.PROTOCOL_ERROR, "HEADERS on no stream, or with more padding than frame");
            return;
        }
        blockEnds = (flags & Frame.END_STREAM) != 0;
        if ((flags & Frame.END_HEADERS) != 0) {
            in.readBytes(shared.block, 0, rest);
            headers(id, shared.block, rest);
            return;
        }
        byte[] first = new byte[Math.max(rest * 2, 1024)];
        in.readBytes(first, 0, rest);
        block = first;
        blockLength = rest;
        blockStream = id;
        continuations = 0;
    }

    /// A block larger than a head may be, or in many small pieces, serves no purpose (CVE-2024-27316).
    private void continuation(int flags, ByteBuf in, int length) {
        byte[] soFar = block;
        if (soFar == null) {
            return;
        }
        continuations++;
        if (continuations > MOST_CONTINUATIONS
                || blockLength + length > session.limits().heads().head() + Frame.MAX_PAYLOAD) {
            session.fail(Http2Error.ENHANCE_YOUR_CALM, "a header block without an end");
            return;
        }
        if (soFar.length < blockLength + length) {
            soFar = Arrays.copyOf(soFar, Math.max(soFar.length * 2, blockLength + length));
            block = soFar;
        }
        in.readBytes(soFar, blockLength, length);
        blockLength += length;
        if ((flags & Frame.END_HEADERS) != 0) {
            int id = blockStream;
            blockStream = 0;
            block = null;
            headers(id, soFar, blockLength);
        }
    }

    private void headers(int id, byte[] octets, int length) {
        Http2Stream stream = session.stream(id);
        if (stream == null) {
            headersOfNew(id, octets, length);
        } else if (stream.peerEnded()) {
            if (read(octets, length, NOBODY)) {
                session.wronged(stream, Http2Error.STREAM_CLOSED, true);
            }
        } else if (stream.headDone()) {
            trailers(stream, octets, length);
        } else {
            head(stream, shared.responses, octets, length);
        }
    }

    private void headersOfNew(int id, byte[] octets, int length) {
        if (client || (id & 1) == 0 || id <= lastStream) {
            if (!read(octets, length, NOBODY)) {
                return;
            }
            if (client ? isNobodys(id, "HEADERS") : session.closed().wasReset(id)) {
                return;
            }
            if (!client) {
                boolean used = session.closed().has(id);
                session.fail(
                        used ? Http2Error.STREAM_CLOSED : Http2Error.PROTOCOL_ERROR,
                        "HEADERS on a stream that has ended, or cannot be opened");
            }
            return;
        }
        lastStream = id;
        if (session.isRetired() || session.streams() >= session.limits().maxStreams()) {
            if (read(octets, length, NOBODY)) {
                refuse(id, Http2Error.REFUSED_STREAM);
            }
            return;
        }
        RequestList list = shared.requests;
        list.extendedConnect(session.limits().extendedConnect());
        list.begin(session.limits().heads());
        if (!read(octets, length, list)) {
            return;
        }
        if (blockSelfish || !list.finish(blockEnds)) {
            refuse(id, Http2Error.PROTOCOL_ERROR);
            return;
        }
        Http2Stream stream = session.accepted(id);
        touch(stream);
        stream.head(list, blockEnds);
    }

    /// Ends a stream that has not begun.
    private void refuse(int id, Http2Error error) {
        session.writer().reset(id, error);
        session.closed().add(id, true);
        countUseless();
    }

    private void head(Http2Stream stream, HeaderList list, byte[] octets, int length) {
        list.begin(session.limits().heads());
        if (!read(octets, length, list)) {
            return;
        }
        if (!list.finish(blockEnds)) {
            session.wronged(stream, Http2Error.PROTOCOL_ERROR, true);
            return;
        }
        touch(stream);
        stream.head(list, blockEnds);
    }

    private void trailers(Http2Stream stream, byte[] octets, int length) {
        TrailerList list = shared.trailers;
        list.begin(session.limits().heads());
        if (!read(octets, length, list)) {
            return;
        }
        Trailers trailers = new Trailers();
        if (!list.finish(blockEnds) || list.parse(trailers) != Progress.COMPLETE) {
            session.wronged(stream, Http2Error.PROTOCOL_ERROR, true);
            return;
        }
        touch(stream);
        stream.arrivedEnd(trailers.isEmpty() ? null : trailers);
    }

    private boolean read(byte[] octets, int length, FieldSink sink) {
        if (decoder.decode(octets, 0, length, sink)) {
            return true;
        }
        session.fail(Http2Error.COMPRESSION_ERROR, "a header block that cannot be read");
        return false;
    }
}
