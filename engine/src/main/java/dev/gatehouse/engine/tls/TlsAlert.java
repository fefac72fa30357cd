package dev.gatehouse.engine.tls;

/// What a client is told in the words of TLS by somebody who does not speak it further (RFC 8446 §6.2), before any key
/// is agreed on.
public enum TlsAlert {
    /// What it sent cannot be read.
    DECODE_ERROR(50),
    /// Nothing is wrong with the client.
    INTERNAL_ERROR(80),
    /// It does not say whom it wants, and has to (§9.2).
    MISSING_EXTENSION(109),
    /// Nobody here is called so (RFC 6066 §3).
    UNRECOGNIZED_NAME(112);

    private static final byte ALERT = 21;
    private static final byte FATAL = 2;

    private final byte code;

    TlsAlert(int code) {
        this.code = (byte) code;
    }

    /// A whole record of TLS 1.2, as clients of every version read it.
    public byte[] octets() {
        return new byte[] {ALERT, 3, 3, 0, 2, FATAL, code};
    }
}
