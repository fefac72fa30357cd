package dev.gatehouse.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Writes chunked framing (RFC 9112 §7.1): `size CR LF data CR LF`, and the end.
public final class Chunks {
    /// At most this many octets stand before a chunk's data.
    public static final int MAX_OPENING = 10;

    /// Octets behind a chunk's data.
    public static final int CLOSING = 2;

    private static final byte[] LAST = {'0', '\r', '\n', '\r', '\n'};
    private static final byte[] CRLF = {'\r', '\n'};

    private Chunks() {}

    /// Writes what stands before `size` octets of data; `size` is never 0, which would end the body.
    public static void open(ByteBuf out, int size) {
        int digits = (35 - Integer.numberOfLeadingZeros(size)) / 4;
        for (int i = digits - 1; i >= 0; i--) {
            int nibble = (size >>> (i * 4)) & 15;
            out.writeByte(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
        }
        out.writeBytes(CRLF);
    }

    /// Writes what stands behind the data.
    public static void close(ByteBuf out) {
        out.writeBytes(CRLF);
    }

    /// Writes the end of the body.
    ///
    /// @param scratch used only when there are trailers
    public static void end(ByteBuf out, @Nullable Trailers trailers, HeadWriter scratch) {
        if (trailers == null || trailers.isEmpty()) {
            out.writeBytes(LAST);
            return;
        }
        scratch.clear().put('0').crlf();
        trailers.writeFields(scratch);
        scratch.crlf().writeTo(out);
    }
}
