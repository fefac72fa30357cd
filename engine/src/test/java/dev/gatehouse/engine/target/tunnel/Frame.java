package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Octets of a frame, written by the letter of RFC 6455 §5.2, right or wrong.
final class Frame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private Frame() {}

    /// A whole message, in the shortest form.
    static byte[] of(int opcode, boolean masked, String payload) {
        return of(0x80 | opcode, masked, payload.getBytes(US_ASCII));
    }

    static byte[] of(int first, boolean masked, byte[] payload) {
        int form = payload.length < 126 ? 0 : payload.length < 1 << 16 ? 2 : 8;
        return of(first, masked, payload, form);
    }

    /// @param form how many octets the length has beside its first seven bits: 0, 2 or 8
    static byte[] of(int first, boolean masked, byte[] payload, int form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header(first, masked, payload.length, form));
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ MASK[i & 3] : payload[i]);
        }
        return out.toByteArray();
    }

    /// Only the header, of a payload of any length.
    static byte[] header(int first, boolean masked, long length, int form) {
        ByteBuffer out = ByteBuffer.allocate(14);
        int mask = masked ? 0x80 : 0;
        out.put((byte) first);
        switch (form) {
            case 0 -> out.put((byte) (mask | length));
            case 2 -> out.put((byte) (mask | 126)).putShort((short) length);
            default -> out.put((byte) (mask | 127)).putLong(length);
        }
        if (masked) {
            out.put(MASK);
        }
        byte[] octets = new byte[out.position()];
        out.flip().get(octets);
        return octets;
    }

    static byte[] close(boolean masked, int code, String reason) {
        byte[] text = reason.getBytes(US_ASCII);
        return of(
                0x80 | CLOSE,
                masked,
                ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static final byte[] MASK = {0x12, (byte) 0xa5, 0x00, (byte) 0xff};
}
