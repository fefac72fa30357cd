package dev.gatehouse.http1;

import java.nio.charset.StandardCharsets;

/// What a Connection field says of the connection itself, as bits; the upper half counts the options seen.
final class ConnectionOption {
    static final int CLOSE = 1;
    static final int KEEP_ALIVE = 2;
    static final int UPGRADE = 4;
    static final int ONE = 1 << 16;

    private static final byte[] CLOSE_WORD = "close".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE_WORD = "keep-alive".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPGRADE_WORD = "upgrade".getBytes(StandardCharsets.US_ASCII);

    private ConnectionOption() {}

    /// The bit of an option, 0 when it names a field.
    static int of(byte[] bytes, int from, int to) {
        if (Octets.equalsIgnoreCase(bytes, from, to, KEEP_ALIVE_WORD)) {
            return KEEP_ALIVE;
        }
        if (Octets.equalsIgnoreCase(bytes, from, to, CLOSE_WORD)) {
            return CLOSE;
        }
        return Octets.equalsIgnoreCase(bytes, from, to, UPGRADE_WORD) ? UPGRADE : 0;
    }
}
