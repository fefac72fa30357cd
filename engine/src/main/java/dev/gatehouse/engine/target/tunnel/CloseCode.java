package dev.gatehouse.engine.target.tunnel;

/// The codes of Close frames the gateway deals with (RFC 6455 §7.4.1, and 1012 of IANA's registry).
final class CloseCode {
    /// Its server stops, or does not want to wait any more.
    static final int GOING_AWAY = 1001;

    /// Frames that cannot be.
    static final int PROTOCOL_ERROR = 1002;

    /// Never sent: the Close frame had no code.
    static final int NONE = 1005;

    /// Never sent: it ended without a Close frame.
    static final int ABNORMAL = 1006;

    static final int POLICY_VIOLATION = 1008;

    static final int TOO_LARGE = 1009;

    /// Its server starts again: come back.
    static final int SERVICE_RESTART = 1012;

    private CloseCode() {}
}
