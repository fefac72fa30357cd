package dev.gatehouse.engine.http2;

import dev.gatehouse.engine.http2.hpack.HpackDecoder;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The header blocks that come in on one connection: put together from their frames, decoded in any case, and given to
/// the stream they are for, if the peer may send one there (RFC 9113 §4.3, §5.1, §6.2).
final class HeaderBlocks {
    private static final int HEADER_TABLE = 4096;
    private static final int MOST_CONTINUATIONS = 32;
    private static final FieldSink NOBODY = (_, _, _, _, _, _) -> {};

    private final Http2Session session;
    private final Incoming incoming;
    private final SharedLists shared;
    private final boolean client;
    private final HpackDecoder decoder = new HpackDecoder(HEADER_TABLE);

    private int lastStream;

    /// The stream whose block goes on in the next frame; 0 when none does.
    private int within;

    private boolean ends;

    /// Whether the stream is to depend on itself.
    private boolean selfish;

    private int continuations;
    private int length;
    private byte @Nullable [] block;

    HeaderBlocks(Http2Session session, Incoming incoming, SharedLists shared, boolean client) {
        this.session = session;
        this.incoming = incoming;
        this.shared = shared;
        this.client = client;
    }

    /// The stream whose block goes on in the next frame; 0 when none does.
    int within() {
        return within;
    }

    /// The last stream the peer has opened.
    int lastStream() {
        return lastStream;
    }

    void close() {
        block = null;
    }

    /// A HEADERS frame.
    void begin(int flags, int id, ByteBuf in, int size) {
        int rest = size;
        int padding = 0;
        if ((flags & Frame.PADDED) != 0) {
            padding = rest > 0 ? in.readUnsignedByte() : 0;
            rest -= 1 + padding;
        }
        selfish = false;
        if ((flags & Frame.PRIORITISED) != 0 && rest >= 5) {
            selfish = (in.readInt() & Integer.MAX_VALUE) == id;
            in.skipBytes(1);
            rest -= 5;
        } else if ((flags & Frame.PRIORITISED) != 0) {
            rest = -1;
        }
        if (id == 0 || rest < 0) {
            session.fail(Http2Error.PROTOCOL_ERROR, "HEADERS on no stream, or with more padding than frame");
            return;
        }
        ends = (flags & Frame.END_STREAM) != 0;
        if ((flags & Frame.END_HEADERS) != 0) {
            in.readBytes(shared.block, 0, rest);
            read(id, shared.block, rest);
            return;
        }
        byte[] first = new byte[Math.max(rest * 2, 1024)];
        in.readBytes(first, 0, rest);
        block = first;
        length = rest;
        within = id;
        continuations = 0;
    }

    /// A CONTINUATION frame. A block larger than a head may be, or in many small pieces, serves no purpose
    /// (CVE-2024-27316).
    void goOn(int flags, ByteBuf in, int size) {
        byte[] soFar = block;
        if (soFar == null) {
            return;
        }
        continuations++;
        if (continuations > MOST_CONTINUATIONS
                || length + size > session.limits.heads().head() + Frame.MAX_PAYLOAD) {
            session.fail(Http2Error.ENHANCE_YOUR_CALM, "a header block without an end");
            return;
        }
        if (soFar.length < length + size) {
            soFar = Arrays.copyOf(soFar, Math.max(soFar.length * 2, length + size));
            block = soFar;
        }
        in.readBytes(soFar, length, size);
        length += size;
        if ((flags & Frame.END_HEADERS) != 0) {
            int id = within;
            within = 0;
            block = null;
            read(id, soFar, length);
        }
    }

    private void read(int id, byte[] octets, int size) {
        Http2Stream stream = session.stream(id);
        if (stream == null) {
            headersOfNew(id, octets, size);
        } else if (stream.peerEnded()) {
            if (decode(octets, size, NOBODY)) {
                session.wronged(stream, Http2Error.STREAM_CLOSED, true);
            }
        } else if (stream.headDone()) {
            trailers(stream, octets, size);
        } else {
            head(stream, shared.responses, octets, size);
        }
    }

    private void headersOfNew(int id, byte[] octets, int size) {
        if (client || (id & 1) == 0 || id <= lastStream) {
            if (!decode(octets, size, NOBODY)) {
                return;
            }
            if (client ? incoming.isNobodys(id, "HEADERS") : session.closed.wasReset(id)) {
                return;
            }
            if (!client) {
                boolean used = session.closed.has(id);
                session.fail(
                        used ? Http2Error.STREAM_CLOSED : Http2Error.PROTOCOL_ERROR,
                        "HEADERS on a stream that has ended, or cannot be opened");
            }
            return;
        }
        lastStream = id;
        if (session.isRetired() || session.streams() >= session.limits.maxStreams()) {
            if (decode(octets, size, NOBODY)) {
                refuse(id, Http2Error.REFUSED_STREAM);
            }
            return;
        }
        RequestList list = shared.requests;
        list.extendedConnect(session.limits.extendedConnect());
        list.begin(session.limits.heads());
        if (!decode(octets, size, list)) {
            return;
        }
        if (selfish || !list.finish(ends)) {
            refuse(id, Http2Error.PROTOCOL_ERROR);
            return;
        }
        Http2Stream stream = session.accepted(id);
        incoming.touch(stream);
        stream.head(list, ends);
    }

    /// Ends a stream that has not begun.
    private void refuse(int id, Http2Error error) {
        session.writer.reset(id, error);
        session.closed.add(id, true);
        incoming.countUseless();
    }

    private void head(Http2Stream stream, HeaderList list, byte[] octets, int size) {
        list.begin(session.limits.heads());
        if (!decode(octets, size, list)) {
            return;
        }
        if (!list.finish(ends)) {
            session.wronged(stream, Http2Error.PROTOCOL_ERROR, true);
            return;
        }
        incoming.touch(stream);
        stream.head(list, ends);
    }

    private void trailers(Http2Stream stream, byte[] octets, int size) {
        TrailerList list = shared.trailers;
        list.begin(session.limits.heads());
        if (!decode(octets, size, list)) {
            return;
        }
        Trailers trailers = new Trailers();
        if (!list.finish(ends) || list.parse(trailers) != Progress.COMPLETE) {
            session.wronged(stream, Http2Error.PROTOCOL_ERROR, true);
            return;
        }
        incoming.touch(stream);
        stream.arrivedEnd(trailers.isEmpty() ? null : trailers);
    }

    private boolean decode(byte[] octets, int size, FieldSink sink) {
        if (decoder.decode(octets, 0, size, sink)) {
            return true;
        }
        session.fail(Http2Error.COMPRESSION_ERROR, "a header block that cannot be read");
        return false;
    }
}
