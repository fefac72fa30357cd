package dev.gatehouse.engine.grpc;

import dev.gatehouse.api.ChunkTransform;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The body of a request in gRPC-Web's text form, back to octets as it comes. A sender may end any part of it with `=`
/// and begin a new one (each message is usually one): padding may stand after every group of four.
public final class TextDecoding implements ChunkTransform {
    private static final byte NOT_IN_ALPHABET = -1;
    private static final byte[] VALUES = values();

    private final byte[] made = new byte[3];
    private int group;
    private int digits;
    private int padding;

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, NOT_IN_ALPHABET);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }

    /// @throws MalformedTextException when it is not base64 (RFC 4648 §4)
    @Override
    public void onChunk(ByteBuffer chunk, Sink out) {
        ByteBuffer octets = ByteBuffer.allocate(chunk.remaining() / 4 * 3 + 3);
        while (chunk.hasRemaining()) {
            take(chunk.get(), octets);
        }
        if (octets.position() > 0) {
            out.write(octets.flip());
        }
    }

    /// @throws MalformedTextException when it ends within a group
    @Override
    public void onEnd(Sink out) {
        if (digits > 0) {
            throw new MalformedTextException();
        }
    }

    private void take(byte digit, ByteBuffer into) {
        byte value = VALUES[digit & 0xff];
        if (digit == '=' && digits >= 2) {
            padding++;
            value = 0;
        } else if (value == NOT_IN_ALPHABET || padding > 0) {
            throw new MalformedTextException();
        }
        group = group << 6 | value;
        if (++digits < 4) {
            return;
        }
        made[0] = (byte) (group >> 16);
        made[1] = (byte) (group >> 8);
        made[2] = (byte) group;
        into.put(made, 0, 3 - padding);
        group = 0;
        digits = 0;
        padding = 0;
    }
}
