package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.OutputStream;

/// A body of any length that is never held in memory: the alphabet, again and again. Each byte follows from its
/// position, so a lost or repeated buffer shows.
public final class BigBody {

    private static final int LETTERS = 26;
    private static final byte[] PIECE = first(LETTERS * 2048);

    private BigBody() {}

    /// The byte at a position, counted from 0.
    public static byte at(long position) {
        return (byte) ('a' + position % LETTERS);
    }

    /// The first bytes, for comparing where they fit in memory.
    public static byte[] first(int bytes) {
        byte[] body = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            body[i] = at(i);
        }
        return body;
    }

    /// Writes that many bytes, in pieces of about 52 KiB.
    public static void write(long bytes, OutputStream to) throws IOException {
        for (long left = bytes; left > 0; left -= PIECE.length) {
            to.write(PIECE, 0, (int) Math.min(left, PIECE.length));
        }
    }
}
