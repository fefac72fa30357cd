package dev.gatehouse.engine.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.List;

/// Data on its way out of one connection: as fast as the peer's windows (RFC 9113 §5.2) and the socket let it go, a
/// frame of each stream in turn.
final class Outgoing {
    private final FrameWriter writer;
    private final FloodGuard guard;
    private final ByteBufAllocator allocator;

    /// Streams with something to send and a window to send it in.
    private final ArrayDeque<Http2Stream> ready = new ArrayDeque<>();

    private int window = Frame.DEFAULT_WINDOW;

    Outgoing(FrameWriter writer, FloodGuard guard, ByteBufAllocator allocator) {
        this.writer = writer;
        this.guard = guard;
        this.allocator = allocator;
    }

    /// Sends the next `n` octets of `in`, or keeps what has to wait.
    void send(Http2Stream stream, ByteBuf in, int n) {
        int rest = n;
        if (stream.waiting.length() == 0 && ready.isEmpty()) {
            while (rest > 0 && window > 0 && stream.sendWindow > 0 && writer.isWritable()) {
                int piece = piece(stream, rest);
                write(stream, in, piece);
                rest -= piece;
            }
        }
        if (rest > 0) {
            stream.waiting.add(in, rest, allocator);
            enqueue(stream);
        }
    }

    /// Sends what can be sent now.
    ///
    /// @return whether anything was
    boolean pump() {
        boolean sent = false;
        while (window > 0 && !ready.isEmpty() && writer.isWritable()) {
            Http2Stream stream = ready.removeFirst();
            stream.queued = false;
            if (!stream.isOpen() || stream.waiting.length() == 0 || stream.sendWindow <= 0) {
                continue;
            }
            ByteBuf first = stream.waiting.first();
            int piece = piece(stream, first.readableBytes());
            write(stream, first, piece);
            sent = true;
            stream.waiting.taken(piece);
            enqueue(stream);
            stream.left();
        }
        return sent;
    }

    private int piece(Http2Stream stream, int most) {
        return Math.min(Math.min(most, Frame.MAX_PAYLOAD), Math.min(window, stream.sendWindow));
    }

    private void write(Http2Stream stream, ByteBuf in, int n) {
        window -= n;
        stream.sendWindow -= n;
        writer.data(stream.id(), in, n);
        guard.earn();
    }

    private void enqueue(Http2Stream stream) {
        if (!stream.queued && stream.waiting.length() > 0 && stream.sendWindow > 0) {
            stream.queued = true;
            ready.addLast(stream);
        }
    }

    /// The peer takes more of the connection.
    ///
    /// @return false when that is more than a window can be
    boolean widen(int octets) {
        if (octets > Frame.MAX_WINDOW - window) {
            return false;
        }
        window += octets;
        return true;
    }

    /// The peer takes more of a stream, or less: a window may be below nothing (RFC 9113 §6.9.2).
    ///
    /// @return false when that is more than a window can be
    boolean widen(Http2Stream stream, int octets) {
        if ((long) stream.sendWindow + octets > Frame.MAX_WINDOW) {
            return false;
        }
        stream.sendWindow += octets;
        enqueue(stream);
        return true;
    }

    /// The peer takes more of every stream that is open, or less.
    ///
    /// @return false when that is more than a window can be
    boolean widenAll(List<Http2Stream> streams, int octets) {
        for (Http2Stream stream : streams) {
            if (!widen(stream, octets)) {
                return false;
            }
        }
        return true;
    }

    void clear() {
        ready.clear();
    }
}
