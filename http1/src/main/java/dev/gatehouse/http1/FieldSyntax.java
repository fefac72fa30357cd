package dev.gatehouse.http1;

/// What names and values may hold where no line ends frame them: in HTTP/2 any octet can stand in either, and
/// one that ends a line would become a line of its own further on (RFC 9113 §8.2.1).
public final class FieldSyntax {
    private FieldSyntax() {}

    /// Whether `[from, to)` is a field's name without an upper-case letter.
    public static boolean isLowerCaseName(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (Octets.TOKEN_FOLDED[b & 0xff] == 0 || (b >= 'A' && b <= 'Z')) {
                return false;
            }
        }
        return from < to;
    }

    /// Whether `[from, to)` is a token: a method, for one.
    public static boolean isToken(byte[] bytes, int from, int to) {
        return from < to && Octets.endOfToken(bytes, from, to) == to;
    }

    /// Whether `[from, to)` is a field's value: no control character but HTAB, no white space around it.
    public static boolean isValue(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        return !Octets.isOws(bytes[from])
                && !Octets.isOws(bytes[to - 1])
                && Octets.firstForbidden(bytes, from, to) == to;
    }

    /// Whether `[from, to)` has no control character and no space, so that it cannot end what it is written
    /// into.
    public static boolean isUnbroken(byte[] bytes, int from, int to) {
        if (Octets.firstControl(bytes, from, to) < to) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] == ' ') {
                return false;
            }
        }
        return true;
    }
}
