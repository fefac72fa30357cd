package dev.gatehouse.engine.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The values that keys and OCSP messages are made of, in their one encoding (X.690, DER).
///
/// @param tag what it is, with class and form
/// @param content its octets
record Der(int tag, ByteBuffer content) {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OID = 0x06;
    static final int ENUMERATED = 0x0a;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private static final int EXPLICIT = 0xa0;
    private static final int MOST_LENGTH_OCTETS = 3;

    /// The next value of `in`, which is then behind it.
    ///
    /// @throws IllegalArgumentException when there is none
    static Der next(ByteBuffer in) {
        if (in.remaining() < 2) {
            throw new IllegalArgumentException("ends too early");
        }
        int tag = in.get() & 0xff;
        int length = length(in);
        if (length > in.remaining()) {
            throw new IllegalArgumentException("ends too early");
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return new Der(tag, content);
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7f;
        if (octets == 0 || octets > MOST_LENGTH_OCTETS || octets > in.remaining()) {
            throw new IllegalArgumentException("has a length that cannot be");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | in.get() & 0xff;
        }
        return length;
    }

    /// The next value of `in`, which has to be of this kind: its content.
    static ByteBuffer expect(int tag, ByteBuffer in) {
        Der value = next(in);
        if (value.tag != tag) {
            throw new IllegalArgumentException("has " + hex(value.tag) + " where " + hex(tag) + " is expected");
        }
        return value.content;
    }

    /// The next value of `in` if it is the one that says of itself that it is number `number` of several; its
    /// content, or null, and then `in` is as it was.
    static @Nullable ByteBuffer optional(int number, ByteBuffer in) {
        if (!in.hasRemaining() || (in.get(in.position()) & 0xff) != (EXPLICIT | number)) {
            return null;
        }
        return next(in).content;
    }

    private static String hex(int tag) {
        return "0x" + Integer.toHexString(tag);
    }

    /// The octets of `content`.
    static byte[] octets(ByteBuffer content) {
        byte[] octets = new byte[content.remaining()];
        content.duplicate().get(octets);
        return octets;
    }

    // ── writing
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// A value of this kind that consists of these.
    static byte[] of(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length >= 0x80) {
            int octets = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | octets);
            for (int shift = 8 * (octets - 1); shift > 0; shift -= 8) {
                out.write(length >> shift);
            }
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
