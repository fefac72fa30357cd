package dev.gatehouse.engine.tls;

import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/// Why a client's handshake came to nothing; a label of metrics.
public enum HandshakeFailure {
    /// The client spoke something that is not TLS.
    NOT_TLS,
    /// Its first message is broken.
    MALFORMED,
    /// Its first message is larger than `max_client_hello`.
    TOO_LARGE,
    /// It wants a host, or names none, and no certificate is for that.
    UNKNOWN_HOST,
    /// It speaks nothing inside of TLS that is spoken here (ALPN).
    NO_APPLICATION_PROTOCOL,
    /// It showed no certificate where one is required, or one that is not believed: see
    /// [ClientCertificateException].
    CERTIFICATE_MISSING,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_UNKNOWN_AUTHORITY,
    CERTIFICATE_CHAIN_TOO_LONG,
    CERTIFICATE_NOT_FOR_CLIENTS,
    CERTIFICATE_REVOKED,
    CERTIFICATE_NO_LIST,
    CERTIFICATE_LIST_OUTDATED,
    CERTIFICATE_INVALID,
    /// It left, or took too long.
    CLIENT_LEFT,
    TIMEOUT,
    /// There is no version or cipher suite that both know, or the client refused what was shown to it.
    REFUSED;

    /// Says the exceptions of BoringSSL, of the JDK and of Netty in these words.
    public static HandshakeFailure of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ClosedChannelException || message.startsWith("Connection closed")) {
            return CLIENT_LEFT;
        }
        ClientCertificateException.Reason reason = ClientCertificateException.reasonOf(cause);
        return reason == null ? REFUSED : of(reason);
    }

    private static HandshakeFailure of(ClientCertificateException.Reason reason) {
        return switch (reason) {
            case MISSING -> CERTIFICATE_MISSING;
            case EXPIRED -> CERTIFICATE_EXPIRED;
            case UNKNOWN_AUTHORITY -> CERTIFICATE_UNKNOWN_AUTHORITY;
            case CHAIN_TOO_LONG -> CERTIFICATE_CHAIN_TOO_LONG;
            case NOT_FOR_CLIENTS -> CERTIFICATE_NOT_FOR_CLIENTS;
            case REVOKED -> CERTIFICATE_REVOKED;
            case NO_LIST -> CERTIFICATE_NO_LIST;
            case LIST_OUTDATED -> CERTIFICATE_LIST_OUTDATED;
            case INVALID -> CERTIFICATE_INVALID;
        };
    }

    /// As metrics have it: `unknown_host`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
