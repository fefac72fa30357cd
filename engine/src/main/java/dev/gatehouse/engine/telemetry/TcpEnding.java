package dev.gatehouse.engine.telemetry;

import java.util.Locale;

/// How a connection ended that was passed on as octets.
public enum TcpEnding {
    /// Both sides said all they had to say.
    CLOSED,
    /// The client left, or was reset, before or after it was joined to a service.
    CLIENT_RESET,
    SERVICE_RESET,
    /// Nothing moved for the service's `timeout.idle`.
    IDLE_TIMEOUT,
    /// It was still open when the time to drain was over, or when its client had become unwelcome.
    CUT_OFF,
    /// No instance of the service can be used.
    NO_INSTANCE,
    /// None of the instances could be reached.
    CONNECT_FAILED,
    /// The listener's or the service's limit of connections is reached.
    TOO_MANY_CONNECTIONS,
    /// The handshake with a client of a listener with TLS failed.
    HANDSHAKE_FAILED,
    /// The host the client names in its TLS is nobody's, or it names none.
    UNKNOWN_NAME,
    /// The client does not begin with TLS where that is needed.
    NOT_TLS,
    /// What the client began TLS with is broken, or too large.
    BROKEN_HELLO,
    /// The client did not say in time where it wants to go.
    HELLO_TIMEOUT;

    /// For labels: `connect_failed`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFailure() {
        return this != CLOSED;
    }
}
