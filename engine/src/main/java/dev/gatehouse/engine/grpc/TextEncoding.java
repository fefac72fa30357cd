package dev.gatehouse.engine.grpc;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Base64;

/// Octets to gRPC-Web's text form as they pass: groups of three become text at once, a rest waits for more of them, or
/// for [#rest], which pads it so that the reader has all that was sent.
final class TextEncoding {
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private byte[] held = new byte[0];

    /// The text of what was held and of the next `n` octets of `in`, without an incomplete group; they are taken.
    byte[] text(ByteBuf in, int n) {
        byte[] octets = Arrays.copyOf(held, held.length + n);
        in.readBytes(octets, held.length, n);
        int whole = octets.length - octets.length % 3;
        held = Arrays.copyOfRange(octets, whole, octets.length);
        return BASE64.encode(Arrays.copyOf(octets, whole));
    }

    /// The text of what was held; empty for nothing.
    byte[] rest() {
        byte[] text = BASE64.encode(held);
        held = new byte[0];
        return text;
    }
}
