package dev.gatehouse.engine.http2;

/// Why a stream or a connection ends (RFC 9113 §7).
public enum Http2Error {
    NO_ERROR,
    PROTOCOL_ERROR,
    INTERNAL_ERROR,
    FLOW_CONTROL_ERROR,
    SETTINGS_TIMEOUT,
    STREAM_CLOSED,
    FRAME_SIZE_ERROR,
    REFUSED_STREAM,
    CANCEL,
    COMPRESSION_ERROR,
    CONNECT_ERROR,
    ENHANCE_YOUR_CALM,
    INADEQUATE_SECURITY,
    HTTP_1_1_REQUIRED;

    private static final Http2Error[] ALL = values();

    /// What stands for it in a frame.
    public int code() {
        return ordinal();
    }

    /// What a peer means; a code nobody knows means an error of its own (RFC 9113 §7).
    public static Http2Error of(long code) {
        return code >= 0 && code < ALL.length ? ALL[(int) code] : INTERNAL_ERROR;
    }
}
