package dev.gatehouse.engine.target.tunnel;

/// Why the gateway closes a WebSocket, as both sides are told in a Close frame (RFC 6455 §7.4).
public enum CloseReason {
    IDLE(CloseCode.GOING_AWAY, "nothing was said for too long"),
    LIFETIME(CloseCode.GOING_AWAY, "open for as long as it may be"),
    SHUTDOWN(CloseCode.GOING_AWAY, "the gateway is shutting down"),
    REPLACED(CloseCode.SERVICE_RESTART, "the configuration was replaced"),
    RESERVED_BITS(CloseCode.PROTOCOL_ERROR, "reserved bits are set"),
    RESERVED_OPCODE(CloseCode.PROTOCOL_ERROR, "reserved opcode"),
    MASKING(CloseCode.PROTOCOL_ERROR, "wrong masking for this direction"),
    LENGTH(CloseCode.PROTOCOL_ERROR, "length not in its shortest form"),
    CONTROL_FRAME(CloseCode.PROTOCOL_ERROR, "control frame fragmented or too long"),
    FRAGMENTS(CloseCode.PROTOCOL_ERROR, "fragments out of order"),
    TOO_MANY_FRAMES(CloseCode.POLICY_VIOLATION, "too many frames in a second"),
    FRAME_TOO_LARGE(CloseCode.TOO_LARGE, "frame too large"),
    MESSAGE_TOO_LARGE(CloseCode.TOO_LARGE, "message too large");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /// What stands behind the code in the frame: for people, ASCII.
    public String text() {
        return text;
    }
}
