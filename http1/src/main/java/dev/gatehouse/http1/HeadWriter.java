package dev.gatehouse.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where heads are put together: a growing array, one per event loop, copied into a buffer of the wire in one go.
/// Everything it is given was checked before: it never looks for line ends.
public final class HeadWriter {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    public HeadWriter() {
        this(8 << 10);
    }

    /// @param room how many octets are expected; more find room too
    public HeadWriter(int room) {
        bytes = new byte[room];
    }

    public HeadWriter clear() {
        length = 0;
        return this;
    }

    public int length() {
        return length;
    }

    public HeadWriter copy(byte[] from, int start, int end) {
        int n = end - start;
        if (n > 0) {
            need(n);
            System.arraycopy(from, start, bytes, length, n);
            length += n;
        }
        return this;
    }

    public HeadWriter put(byte[] all) {
        return copy(all, 0, all.length);
    }

    /// What `other` has.
    public HeadWriter put(HeadWriter other) {
        return copy(other.bytes, 0, other.length);
    }

    public HeadWriter put(char ascii) {
        need(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /// The lowest eight bits of `octet`.
    public HeadWriter octet(int octet) {
        need(1);
        bytes[length++] = (byte) octet;
        return this;
    }

    /// Copies with every ASCII letter in lower case.
    public HeadWriter lowerCase(byte[] from, int start, int end) {
        need(end - start);
        for (int i = start; i < end; i++) {
            byte b = from[i];
            bytes[length++] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
        }
        return this;
    }

    /// One octet per char; a char above 0xff becomes `?`.
    public HeadWriter put(CharSequence text) {
        int n = text.length();
        need(n);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            bytes[length++] = (byte) (c > 0xff ? '?' : c);
        }
        return this;
    }

    public HeadWriter decimal(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        need(20);
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /// The lowest `digits` hexadecimal digits of `value`, lower case.
    public HeadWriter hex(long value, int digits) {
        need(digits);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length++] = HEX[(int) (value >>> (i * 4)) & 15];
        }
        return this;
    }

    public HeadWriter crlf() {
        return put(CRLF);
    }

    /// Copies what was written into `out`.
    public void writeTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    /// Copies octets `[from, to)` of what was written into `out`.
    public void writeTo(ByteBuf out, int from, int to) {
        out.writeBytes(bytes, from, to - from);
    }

    /// Copies what was written to the beginning of `out`, which has room for it.
    public void copyTo(byte[] out) {
        System.arraycopy(bytes, 0, out, 0, length);
    }

    /// What was written, in a fresh direct buffer with room for `more` octets behind it.
    public ByteBuf toBuffer(ByteBufAllocator allocator, int more) {
        ByteBuf out = allocator.directBuffer(length + more);
        writeTo(out);
        return out;
    }

    /// Takes back what was written behind the first `kept` octets.
    public HeadWriter truncate(int kept) {
        length = Math.min(length, kept);
        return this;
    }

    /// What was written, in an array of its own.
    public byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void need(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
