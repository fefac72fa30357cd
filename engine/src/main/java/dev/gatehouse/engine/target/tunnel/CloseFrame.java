package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// A Close frame of the gateway's own (RFC 6455 §5.5.1).
final class CloseFrame {
    private static final int FIN_CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int MASK = 4;
    private static final int CODE = 2;

    private CloseFrame() {}

    /// As a server sends it.
    static byte[] toClient(CloseReason reason) {
        byte[] text = reason.text().getBytes(US_ASCII);
        byte[] frame = new byte[2 + CODE + text.length];
        frame[0] = (byte) FIN_CLOSE;
        frame[1] = (byte) (CODE + text.length);
        frame[2] = (byte) (reason.code() >> 8);
        frame[3] = (byte) reason.code();
        System.arraycopy(text, 0, frame, 4, text.length);
        return frame;
    }

    /// As a client sends it: masked (RFC 6455 §5.3).
    ///
    /// @param key left to chance
    static byte[] toService(CloseReason reason, int key) {
        byte[] plain = toClient(reason);
        byte[] frame = new byte[plain.length + MASK];
        frame[0] = plain[0];
        frame[1] = (byte) (plain[1] | MASKED);
        for (int i = 0; i < MASK; i++) {
            frame[2 + i] = FrameReader.octetOf(key, i);
        }
        for (int i = 2; i < plain.length; i++) {
            frame[MASK + i] = (byte) (plain[i] ^ FrameReader.octetOf(key, i - 2));
        }
        return frame;
    }
}
