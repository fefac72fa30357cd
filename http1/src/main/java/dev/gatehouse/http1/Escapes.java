package dev.gatehouse.http1;

import java.nio.charset.StandardCharsets;

/// Reads percent-encoded octets of a target whose escapes were checked when its head was parsed (RFC 3986 §2.1).
public final class Escapes {
    private Escapes() {}

    /// `[from, to)` decoded and read as UTF-8; what is not UTF-8 becomes U+FFFD.
    ///
    /// @param plusIsSpace as in the query of a form
    public static String decode(byte[] bytes, int from, int to, boolean plusIsSpace) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i = next(bytes, i)) {
            out[length++] = (byte) octetAt(bytes, i, plusIsSpace);
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /// Whether `[from, to)` means `word`, whichever of its octets are escaped. A `+` is a space.
    static boolean means(byte[] bytes, int from, int to, byte[] word) {
        int i = from;
        for (byte wanted : word) {
            if (i >= to || octetAt(bytes, i, true) != (wanted & 0xff)) {
                return false;
            }
            i = next(bytes, i);
        }
        return i == to;
    }

    private static int octetAt(byte[] bytes, int i, boolean plusIsSpace) {
        byte b = bytes[i];
        if (b == '%') {
            return Octets.HEX[bytes[i + 1] & 0xff] * 16 + Octets.HEX[bytes[i + 2] & 0xff];
        }
        return b == '+' && plusIsSpace ? ' ' : b & 0xff;
    }

    private static int next(byte[] bytes, int i) {
        return i + (bytes[i] == '%' ? 3 : 1);
    }
}
