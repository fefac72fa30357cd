package dev.gatehouse.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What each octet may be used for, and the two scans every head goes through. Tables instead of comparisons: one
/// load per octet, no branch per class.
final class Octets {
    static final byte CR = '\r';
    static final byte LF = '\n';

    /// For the octets of a token (RFC 9110 §5.6.2) their folded form: lower case, and `_` as `-`, because a service
    /// that turns names into environment variables (CGI, WSGI) reads both as one name. 0 for every other octet.
    static final byte[] TOKEN_FOLDED = new byte[256];

    /// The value of a hexadecimal digit, or -1.
    static final byte[] HEX = new byte[256];

    /// See [RequestTarget]: 0 plain, 1 worth a second look in a path, 2 never allowed in a target.
    static final byte[] TARGET = new byte[256];

    /// 1 for the octets of a host name or an IPv4 address.
    static final byte[] HOST = new byte[256];

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    static {
        for (char c : "!#$%&'*+-.^_`|~0123456789".toCharArray()) {
            TOKEN_FOLDED[c] = (byte) (c == '_' ? '-' : c);
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN_FOLDED[c] = (byte) c;
            TOKEN_FOLDED[c - 32] = (byte) c;
            HOST[c] = 1;
            HOST[c - 32] = 1;
        }
        for (char c : "0123456789-._~".toCharArray()) {
            HOST[c] = 1;
        }
        for (int i = 0; i < 256; i++) {
            HEX[i] = (byte) Character.digit(i < 128 ? i : 0xffff, 16);
            TARGET[i] = (byte) (i <= 0x20 || i >= 0x7f || i == '#' || i == '\\' ? 2 : 0);
        }
        for (char c : "%/.?".toCharArray()) {
            TARGET[c] = 1;
        }
    }

    private Octets() {}

    /// The first position in `[from, to)` that is a control character or DEL (HTAB counts: the caller steps over
    /// it), or `to`. Eight octets at a time: an octet below 0x20 borrows into its high bit, and so does DEL once it
    /// is xored to 0.
    static int firstControl(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long eight = (long) LONGS.get(bytes, at);
            long below = (eight - ONES * 0x20) & ~eight;
            long del = eight ^ (ONES * 0x7f);
            long hit = (below | ((del - ONES) & ~del)) & HIGHS;
            if (hit != 0) {
                // A borrow runs upwards only, so the lowest hit is exact.
                return at + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (isControl(bytes[at])) {
                return at;
            }
        }
        return to;
    }

    /// As [#firstControl], and passes over HTAB, which a value and a reason may hold.
    static int firstForbidden(byte[] bytes, int from, int to) {
        int at = from;
        while ((at = firstControl(bytes, at, to)) < to && bytes[at] == '\t') {
            at++;
        }
        return at;
    }

    /// The first LF in `[from, to)`, or -1.
    static int indexOfLf(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long eight = (long) LONGS.get(bytes, at) ^ (ONES * LF);
            long hit = (eight - ONES) & ~eight & HIGHS;
            if (hit != 0) {
                return at + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == LF) {
                return at;
            }
        }
        return -1;
    }

    /// Where the token that starts at `from` ends, at most `to`.
    static int endOfToken(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && TOKEN_FOLDED[bytes[at] & 0xff] != 0) {
            at++;
        }
        return at;
    }

    /// The hash under which a field name is found: over its length and four of its folded octets. A hash over all
    /// of them would tell more names apart, and cost more than the comparisons it saves.
    static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        int hash = length;
        hash = 31 * hash + TOKEN_FOLDED[bytes[from] & 0xff];
        hash = 31 * hash + TOKEN_FOLDED[bytes[from + length / 2] & 0xff];
        hash = 31 * hash + TOKEN_FOLDED[bytes[from + length * 3 / 4] & 0xff];
        return 31 * hash + TOKEN_FOLDED[bytes[to - 1] & 0xff];
    }

    /// Whether `[from, to)` spells the lower-case `word`, letters in either case.
    static boolean equalsIgnoreCase(byte[] bytes, int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            byte b = bytes[from + i];
            if (b != word[i] && (b < 'A' || b > 'Z' || b + 32 != word[i])) {
                return false;
            }
        }
        return true;
    }

    /// Whether the octet is a control character or DEL; HTAB is one.
    static boolean isControl(byte b) {
        return (b >= 0 && b < 0x20) || b == 0x7f;
    }

    static boolean isOws(byte b) {
        return b == ' ' || b == '\t';
    }

    /// A decimal number of at most 18 digits that fills `[from, to)`, or -1.
    static long decimal(byte[] bytes, int from, int to) {
        if (from == to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
