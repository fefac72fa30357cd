package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Text;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The octets of one line while it is put together; used again for the next one. Makes no object. On one loop's
/// thread.
final class Line {
    /// The most octets a value has in a line; what is longer is cut off and ends in `…`. Keeps a line within what a
    /// syslog server takes, whatever a client sends.
    static final int LONGEST_VALUE = 2048;

    private static final byte[] CUT = "…".getBytes(UTF_8);

    /// The most octets any one value needs, its quotes included.
    static final int ROOM = LONGEST_VALUE + CUT.length + 2;

    private final byte[] octets;
    private final Timestamp timestamp = new Timestamp();
    private final AddressText address = new AddressText();
    private int at;

    /// @param capacity of the longest line: the caller reckons with [#ROOM] for each value
    Line(int capacity) {
        octets = new byte[capacity];
    }

    /// Shared: the octets from 0 to [#length] are the line until it is cleared.
    byte[] octets() {
        return octets;
    }

    int length() {
        return at;
    }

    void clear() {
        at = 0;
    }

    /// As they are.
    void raw(byte[] ready) {
        System.arraycopy(ready, 0, octets, at, ready.length);
        at += ready.length;
    }

    void number(long value) {
        if (value < 0) {
            octets[at++] = '-';
        }
        long rest = Math.abs(value);
        int end = at + digits(rest);
        at = end;
        do {
            octets[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    /// In milliseconds, to the microsecond: `3.142`.
    void millis(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        number(micros / 1000);
        int part = (int) (micros % 1000);
        octets[at++] = '.';
        octets[at++] = (byte) ('0' + part / 100);
        octets[at++] = (byte) ('0' + part / 10 % 10);
        octets[at++] = (byte) ('0' + part % 10);
    }

    /// ISO 8601 in UTC, to the millisecond.
    void timestamp(long epochMillis, ValueStyle style) {
        quote(style);
        at = timestamp.write(epochMillis, octets, at);
        quote(style);
    }

    void address(InetAddress client, ValueStyle style) {
        quote(style);
        at = address.write(client, octets, at);
        quote(style);
    }

    void missing(ValueStyle style) {
        raw(style.missing());
    }

    /// Octets a client may have chosen.
    void text(@Nullable Text text, ValueStyle style) {
        if (text == null || text.isEmpty()) {
            missing(style);
            return;
        }
        text(text, 0, text.length(), style);
    }

    /// A part of what a client may have chosen; not empty.
    void text(Text text, int from, int to, ValueStyle style) {
        quote(style);
        escaped(text, from, to, style);
        quote(style);
    }

    /// A name the configuration gives, or a sentence of the gateway.
    void string(@Nullable String text, ValueStyle style) {
        if (text == null || text.isEmpty()) {
            missing(style);
            return;
        }
        int start = at;
        quote(style);
        int length = text.length();
        if (length <= LONGEST_VALUE) {
            int i = 0;
            while (i < length && style.isPlain(text.charAt(i))) {
                octets[at + i] = (byte) text.charAt(i);
                i++;
            }
            if (i == length) {
                at += length;
                quote(style);
                return;
            }
        }
        at = start;
        byte[] utf8 = text.getBytes(UTF_8); // rare: names are letters, digits and slashes
        text(Text.view(utf8, 0, utf8.length), style);
    }

    private void quote(ValueStyle style) {
        if (style.quoted()) {
            octets[at++] = '"';
        }
    }

    /// Most texts are plain from end to end, and are copied in one go.
    private void escaped(Text text, int from, int to, ValueStyle style) {
        int most = Math.min(to, from + LONGEST_VALUE);
        int start = at - from;
        int i = from;
        while (i < most && style.isPlain(text.charAt(i))) {
            octets[start + i] = (byte) text.charAt(i);
            i++;
        }
        int end = at + LONGEST_VALUE;
        at = start + i;
        while (i < to) {
            int next = one(text, i, style, end);
            if (next == i) {
                raw(CUT);
                return;
            }
            i = next;
        }
    }

    /// Writes one character.
    ///
    /// @return the place behind it in the text; `i` when there is no room left
    private int one(Text text, int i, ValueStyle style, int end) {
        char c = text.charAt(i);
        if (style.isPlain(c)) {
            if (at == end) {
                return i;
            }
            octets[at++] = (byte) c;
            return i + 1;
        }
        if (end - at < 6) {
            return i; // an escape has up to six octets
        }
        if (c < 0x80) {
            at = style.escape(c, octets, at);
            return i + 1;
        }
        int length = Utf8.length(text, i);
        if (length == 0) {
            at = style.broken(c, octets, at);
            return i + 1;
        }
        int codePoint = Utf8.codePoint(text, i, length);
        if (Utf8.misleads(codePoint)) {
            at = style.unicode(codePoint, octets, at);
            return i + length;
        }
        for (int k = 0; k < length; k++) {
            octets[at++] = (byte) text.charAt(i + k);
        }
        return i + length;
    }
}
