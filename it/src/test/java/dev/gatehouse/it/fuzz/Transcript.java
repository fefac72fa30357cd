package dev.gatehouse.it.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Everything a codec said of an input, as readable lines in an array that is used again. Two transcripts are equal
/// when every octet of them is: cheap enough to be written and compared for every input.
final class Transcript {
    private byte[] bytes = new byte[1 << 10];
    private int length;

    void clear() {
        length = 0;
    }

    Transcript put(String ascii) {
        int n = ascii.length();
        need(n);
        for (int i = 0; i < n; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += n;
        return this;
    }

    Transcript put(byte[] from, int start, int end) {
        need(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
        return this;
    }

    Transcript put(long number) {
        if (number >= 0 && number <= 9) {
            need(1);
            bytes[length++] = (byte) ('0' + number);
            return this;
        }
        return put(Long.toString(number));
    }

    Transcript put(boolean flag) {
        return put(flag ? 1 : 0);
    }

    int length() {
        return length;
    }

    /// A copy of what was written in `[from, to)`.
    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    boolean sameAs(Transcript other) {
        return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
    }

    @Override
    public String toString() {
        return escape(bytes, 0, length).replace("\\n", "\n");
    }

    /// The octets as they would stand in a Java string literal, one char each.
    static String escape(byte[] bytes, int from, int to) {
        StringBuilder out = new StringBuilder();
        for (char c : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < 0x20 || c >= 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private void need(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
