package dev.gatehouse.engine.grpc;

import io.netty.buffer.ByteBuf;

/// Follows a stream of messages, each with five octets before it that tell a flag and its length, and knows whether it
/// stands between two of them.
final class MessageBoundary {
    private static final int PREFIX = 5;

    private int prefix;
    private long length;
    private long left;

    /// The next `n` octets of `in`; they are not taken.
    void pass(ByteBuf in, int n) {
        int at = in.readerIndex();
        int end = at + n;
        while (at < end) {
            if (left > 0) {
                long step = Math.min(left, end - at);
                left -= step;
                at += (int) step;
                continue;
            }
            int octet = in.getUnsignedByte(at++);
            length = prefix == 0 ? 0 : length << 8 | octet;
            if (++prefix == PREFIX) {
                prefix = 0;
                left = length;
            }
        }
    }

    boolean isBetween() {
        return prefix == 0 && left == 0;
    }
}
