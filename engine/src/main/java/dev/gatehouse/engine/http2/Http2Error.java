package dev.gatehouse.engine.http2;

/// Why a stream or a connection ends (RFC 9113 §7).
public enum Http2Error {
    NO_ERROR(0),
    PROTOCOL_ERROR(1),
    INTERNAL_ERROR(2),
    FLOW_CONTROL_ERROR(3),
    SETTINGS_TIMEOUT(4),
    STREAM_CLOSED(5),
    FRAME_SIZE_ERROR(6),
    REFUSED_STREAM(7),
    CANCEL(8),
    COMPRESSION_ERROR(9),
    CONNECT_ERROR(10),
    ENHANCE_YOUR_CALM(11),
    INADEQUATE_SECURITY(12),
    HTTP_1_1_REQUIRED(13);

    private static final Http2Error[] ALL = values();

    private final int code;

    Http2Error(int code) {
        this.code = code;
    }

    /// What stands for it in a frame.
    public int code() {
        return code;
    }

    /// What a peer means; a code nobody knows means an error of its own (RFC 9113 §7).
    public static Http2Error of(long code) {
        for (Http2Error error : ALL) {
            if (error.code == code) {
                return error;
            }
        }
        return INTERNAL_ERROR;
    }
}
