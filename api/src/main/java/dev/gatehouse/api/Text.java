package dev.gatehouse.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A value as it stands in a head: a view of the exchange's octets, one char per octet, so that looking something
/// up by it makes no String. Valid until the exchange ends; [#toString] makes a copy that lives on.
public final class Text implements CharSequence {
    private final byte[] bytes;
    private final int from;
    private final int to;

    private Text(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /// A view of `[from, to)`; the array is not copied.
    public static Text view(byte[] bytes, int from, int to) {
        return new Text(bytes, from, to);
    }

    /// The octets of `text`, one per char.
    public static Text of(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return new Text(octets, 0, octets.length);
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[from + Objects.checkIndex(index, to - from)] & 0xff);
    }

    /// Copies the first `length` octets.
    public void copyTo(byte[] into, int at, int length) {
        Objects.checkFromToIndex(0, length, length());
        System.arraycopy(bytes, from, into, at, length);
    }

    @Override
    public Text subSequence(int start, int end) {
        Objects.checkFromToIndex(start, end, to - from);
        return new Text(bytes, from + start, from + end);
    }

    /// Whether this is `other`, letters A to Z in any case.
    public boolean equalsIgnoreCase(String other) {
        if (other.length() != length()) {
            return false;
        }
        for (int i = 0; i < other.length(); i++) {
            if (lower(charAt(i)) != lower(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    /// Equal to every Text of the same octets; never to a String.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Text that && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
