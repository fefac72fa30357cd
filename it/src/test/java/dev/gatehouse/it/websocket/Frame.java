package dev.gatehouse.it.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A frame as the peers of these tests send and read it (RFC 6455 §5.2). What they send may be wrong on purpose.
///
/// @param first its first octet: FIN, reserved bits, opcode
/// @param masked whether it was, or is to be; the payload is plain here
record Frame(int first, boolean masked, byte[] payload) {
    static final int FIN = 0x80;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    static Frame text(String text) {
        return new Frame(FIN | TEXT, true, text.getBytes(UTF_8));
    }

    static Frame close(int code) {
        return new Frame(
                FIN | CLOSE, true, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    Frame masked(boolean now) {
        return new Frame(first, now, payload);
    }

    int opcode() {
        return first & 0x0f;
    }

    String text() {
        return new String(payload, UTF_8);
    }

    /// Of a Close frame; 1005 without one.
    int code() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    byte[] octets() {
        ByteBuffer out = ByteBuffer.allocate(payload.length + 14);
        out.put((byte) first);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            out.put((byte) (mask | payload.length));
        } else if (payload.length < 1 << 16) {
            out.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            out.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            out.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (masked ? payload[i] ^ MASK[i & 3] : payload[i]));
        }
        byte[] octets = new byte[out.position()];
        out.flip().get(octets);
        return octets;
    }

    /// The next frame; null at the end of the connection.
    ///
    /// @throws EOFException when it ends within a frame
    static Frame read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = new byte[4];
        boolean masked = (second & 0x80) != 0;
        if (masked) {
            in.readFully(mask);
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        for (int i = 0; masked && i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame(first, masked, payload);
    }
}
