package dev.gatehouse.engine.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// The words of frames (RFC 9113 §4.1, §6): types, flags, settings, sizes.
final class Frame {
    static final int HEADER = 9;

    /// The largest payload we take, and send: what every peer takes (RFC 9113 §4.2).
    static final int MAX_PAYLOAD = 16384;

    static final int MAX_WINDOW = Integer.MAX_VALUE;

    /// The window of a connection, and of a stream of a peer that has said nothing else.
    static final int DEFAULT_WINDOW = 65535;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITISED = 32;

    static final int HEADER_TABLE_SIZE = 1;
    static final int ENABLE_PUSH = 2;
    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;
    static final int MAX_FRAME_SIZE = 5;
    static final int MAX_HEADER_LIST_SIZE = 6;
    static final int ENABLE_CONNECT_PROTOCOL = 8;

    /// What a client opens the connection with (RFC 9113 §3.4).
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    private Frame() {}
}
