package dev.gatehouse.engine.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Octets of a stream that wait: for the peer to take them, or for somebody here to want them.
final class OctetQueue {
    /// A smaller piece is copied: it would keep the whole buffer of the socket it came in from being used
    /// again.
    private static final int SHARED = 8 << 10;

    private static final int COPIES = 8 << 10;

    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(4);
    private @Nullable ByteBuf copies;
    private int length;

    int length() {
        return length;
    }

    /// Takes the next `n` octets of `in`.
    void add(ByteBuf in, int n, ByteBufAllocator allocator) {
        length += n;
        if (n >= SHARED) {
            copies = null;
            buffers.addLast(in.readRetainedSlice(n));
            return;
        }
        ByteBuf last = copies;
        if (last == null || last.maxFastWritableBytes() < n) {
            last = allocator.directBuffer(n > COPIES / 4 ? COPIES : Math.max(n * 2, 512));
            copies = last;
            buffers.addLast(last);
        }
        last.writeBytes(in, n);
    }

    /// The first of them: as many as stand in one piece. Only when there are any.
    ByteBuf first() {
        return buffers.getFirst();
    }

    /// `n` octets of [#first] have been read.
    void taken(int n) {
        length -= n;
        ByteBuf first = buffers.getFirst();
        if (!first.isReadable()) {
            if (first == copies) {
                copies = null;
            }
            buffers.removeFirst().release();
        }
    }

    /// Gives the first of them away, as many as stand in one piece.
    ByteBuf poll() {
        ByteBuf first = buffers.removeFirst();
        if (first == copies) {
            copies = null;
        }
        length -= first.readableBytes();
        return first;
    }

    void clear() {
        copies = null;
        length = 0;
        while (!buffers.isEmpty()) {
            buffers.removeFirst().release();
        }
    }
}
