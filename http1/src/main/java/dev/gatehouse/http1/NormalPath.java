package dev.gatehouse.http1;

import org.jspecify.annotations.Nullable;

/// The one normal form of a request's path (RFC 3986 §6.2.2, and stricter): what is matched, what is authorised and
/// what is forwarded are these same octets.
///
/// - escapes of unreserved characters are decoded, the others get upper-case digits;
/// - `.` and `..` segments are resolved, `//` becomes `/`; a path that climbs above its root is refused;
/// - escapes of `/` and `\` stay and part nothing here, but are remembered: whether they may be there at all is
/// for the route to say. A `.` or `..` beside one is refused: a service that decodes it would climb;
/// - escapes of control characters, escapes that are not UTF-8 (over-long ones included) and `..;` are refused;
/// - `;` stays where it is, letters keep their case, and a final `/` means what it says.
///
/// The normal form is never longer than what was sent, so it is written in place; a path that is already normal, as
/// almost every path is, is only looked at.
final class NormalPath {
    private static final int WITH_PARAMETERS = -1;

    private final byte[] bytes;
    private final int start;
    private final int pathEnd;
    private int out;
    private int segment;

    /// Where this segment would go on if its last escaped slash or backslash were a real one.
    private int part;

    private boolean dotsInParts;
    private boolean encodedSlash;
    private boolean encodedBackslash;

    /// The path `[start, pathEnd)`, which is not in normal form yet.
    NormalPath(byte[] bytes, int start, int pathEnd) {
        this.bytes = bytes;
        this.start = start;
        this.pathEnd = pathEnd;
    }

    /// Where the path of the target `[start, end)` ends when it is already normal, or -1 when it has to be brought
    /// into normal form or refused. The first octet is known to be `/`.
    static int end(byte[] bytes, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            byte b = bytes[i];
            byte kind = Octets.TARGET[b & 0xff];
            if (kind == 0) {
                continue;
            }
            if (b == '?') {
                return i;
            }
            boolean afterSlash = bytes[i - 1] == '/';
            if (kind == 2 || b == '%' || (afterSlash && (b == '/' || b == '.'))) {
                return -1;
            }
        }
        return end;
    }

    /// Brings the path into normal form in place; the answer is why it has none, or null.
    @Nullable
    HeadFault normalise() {
        out = start;
        int i = start;
        while (i < pathEnd) {
            // At a slash. Several in a row are one.
            while (i < pathEnd && bytes[i] == '/') {
                i++;
            }
            bytes[out++] = '/';
            segment = out;
            part = out;
            while (i < pathEnd && bytes[i] != '/') {
                byte b = bytes[i];
                if (Octets.TARGET[b & 0xff] == 2) {
                    return HeadFault.TARGET_INVALID;
                }
                if (b != '%') {
                    bytes[out++] = b;
                    i++;
                    continue;
                }
                int length = decode(i);
                if (length < 0) {
                    return HeadFault.TARGET_ENCODING_INVALID;
                }
                i += length;
            }
            if (!resolveSegment(i < pathEnd)) {
                return HeadFault.TARGET_DOT_SEGMENTS;
            }
        }
        return null;
    }

    /// Where the path ends in its normal form.
    int normalEnd() {
        return out;
    }

    /// Whether `%2F` was in the path, even in a segment that a `..` has taken away since.
    boolean hasEncodedSlash() {
        return encodedSlash;
    }

    /// The same of `%5C`.
    boolean hasEncodedBackslash() {
        return encodedBackslash;
    }

    /// Drops a `.` segment, and a `..` segment with the one before it.
    private boolean resolveSegment(boolean more) {
        int dots = dots();
        if (dots == WITH_PARAMETERS || dotsInParts || (dots > 0 && part > segment)) {
            return false;
        }
        if (dots == 0) {
            return true;
        }
        out = segment - 1;
        if (dots == 2) {
            if (out == start) {
                return false;
            }
            do {
                out--;
            } while (bytes[out] != '/');
        }
        if (!more) {
            bytes[out++] = '/';
        }
        return true;
    }

    /// How many dots the segment is since `part`: 1, 2, or 0 when it is something else.
    private int dots() {
        int length = out - part;
        if (length == 0 || bytes[part] != '.') {
            return 0;
        }
        int dots = length > 1 && bytes[part + 1] == '.' ? 2 : 1;
        if (length == dots) {
            return dots;
        }
        byte next = bytes[part + dots];
        boolean parameter =
                next == ';' || (next == '%' && bytes[part + dots + 1] == '3' && bytes[part + dots + 2] == 'B');
        return parameter ? WITH_PARAMETERS : 0;
    }

    /// Writes what the escape at `i` means; the answer is how many octets of the source it took, or -1.
    private int decode(int i) {
        int value = escape(bytes, i, pathEnd);
        if (value < 0x20 || value == 0x7f) {
            return -1;
        }
        if (value < 0x80) {
            if (value == '/' || value == '\\') {
                keepSeparator(i, value);
            } else if (isUnreserved(value)) {
                bytes[out++] = (byte) value;
            } else {
                keepEscape(i);
            }
            return 3;
        }
        return utf8(i, value);
    }

    private void keepSeparator(int i, int value) {
        dotsInParts |= dots() != 0;
        keepEscape(i);
        part = out;
        encodedSlash |= value == '/';
        encodedBackslash |= value == '\\';
    }

    /// Checks one escaped UTF-8 sequence (RFC 3629 §4) and keeps it escaped.
    private int utf8(int i, int lead) {
        int more = lead >= 0xc2 && lead <= 0xdf
                ? 1
                : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
        if (more == 0) {
            return -1;
        }
        for (int n = 1; n <= more; n++) {
            int next = i + n * 3 < pathEnd && bytes[i + n * 3] == '%' ? escape(bytes, i + n * 3, pathEnd) : -1;
            int low = n == 1 && lead == 0xe0 ? 0xa0 : n == 1 && lead == 0xf0 ? 0x90 : 0x80;
            int high = n == 1 && lead == 0xed ? 0x9f : n == 1 && lead == 0xf4 ? 0x8f : 0xbf;
            if (next < low || next > high) {
                return -1;
            }
        }
        for (int n = 0; n <= more; n++) {
            keepEscape(i + n * 3);
        }
        return (more + 1) * 3;
    }

    private void keepEscape(int i) {
        byte high = bytes[i + 1];
        byte low = bytes[i + 2];
        bytes[out++] = '%';
        bytes[out++] = upper(high);
        bytes[out++] = upper(low);
    }

    private static byte upper(byte digit) {
        return (byte) (digit >= 'a' ? digit - 32 : digit);
    }

    /// The octet that the escape at `i` stands for, or -1 when it is none.
    static int escape(byte[] bytes, int i, int end) {
        if (i + 2 >= end) {
            return -1;
        }
        int high = Octets.HEX[bytes[i + 1] & 0xff];
        int low = Octets.HEX[bytes[i + 2] & 0xff];
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(int c) {
        return Octets.HOST[c] == 1;
    }
}
