package dev.gatehouse.it.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// What a peer sends on one connection, in an array that is used again by the next input.
final class Input {
    /// More than the largest head allowed, and a body.
    static final int CAPACITY = 160 << 10;

    final byte[] bytes = new byte[CAPACITY];

    /// The same octets as a buffer.
    final ByteBuf view = Unpooled.wrappedBuffer(bytes);

    int length;

    Input set(byte[] all) {
        System.arraycopy(all, 0, bytes, 0, all.length);
        length = all.length;
        return this;
    }

    /// As a Java string literal, ready to be pasted into the [Corpus].
    @Override
    public String toString() {
        return '"' + Transcript.escape(bytes, 0, length).replace("\"", "\\\"") + '"';
    }
}
