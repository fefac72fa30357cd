package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a line may hold of a query: one parameter, or all of it without its secrets. For lines that ask for it only,
/// and
/// so in no hurry. On one loop's thread; what it returns is valid until the next call.
final class QueryText {
    private static final byte[] MARK = Redaction.mark();

    private byte[] octets = new byte[512];
    private byte[] name = new byte[64];

    /// The first value of a parameter, decoded.
    ///
    /// @param wanted its name, in UTF-8
    /// @return null when it is not there
    @Nullable
    Text parameter(Text query, byte[] wanted) {
        for (int start = 0; start <= query.length(); ) {
            int end = indexOf(query, '&', start, query.length());
            int equals = indexOf(query, '=', start, end);
            int length = name(query, start, equals);
            if (length == wanted.length && Arrays.equals(name, 0, length, wanted, 0, length)) {
                octets = room(octets, end - equals);
                return Text.view(octets, 0, decode(query, Math.min(equals + 1, end), end, octets));
            }
            start = end + 1;
        }
        return null;
    }

    /// As it came, but for the values that are hidden. A `;` begins a parameter too, since it does so for some
    /// services;
    /// but a value that is hidden is so up to the next `&`.
    Text withoutSecrets(Text query, Redaction redaction) {
        octets = room(octets, query.length() * (1 + MARK.length));
        int at = 0;
        boolean hidden = false;
        boolean inName = true;
        int nameStart = 0;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '&' || (c == ';' && !hidden)) {
                hidden = false;
                inName = true;
                nameStart = i + 1;
            }
            if (!hidden) {
                octets[at++] = (byte) c;
            }
            if (c == '=' && inName) {
                inName = false;
                hidden = redaction.hidesParameter(name, name(query, nameStart, i));
                if (hidden) {
                    System.arraycopy(MARK, 0, octets, at, MARK.length);
                    at += MARK.length;
                }
            }
        }
        return Text.view(octets, 0, at);
    }

    /// Into [#name], decoded.
    private int name(Text query, int from, int to) {
        name = room(name, to - from);
        return decode(query, from, to, name);
    }

    private static int decode(Text query, int from, int to, byte[] out) {
        int at = 0;
        for (int i = from; i < to; i++) {
            char c = query.charAt(i);
            if (c == '+') {
                out[at++] = ' ';
                continue;
            }
            int high = c == '%' && i + 2 < to ? Character.digit(query.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(query.charAt(i + 2), 16);
            if (low >= 0) {
                i += 2;
            }
            out[at++] = (byte) (low >= 0 ? high << 4 | low : c);
        }
        return at;
    }

    private static int indexOf(Text query, char wanted, int from, int to) {
        int i = from;
        while (i < to && query.charAt(i) != wanted) {
            i++;
        }
        return i;
    }

    private static byte[] room(byte[] octets, int length) {
        return octets.length >= length ? octets : new byte[Math.max(length, octets.length * 2)];
    }
}
