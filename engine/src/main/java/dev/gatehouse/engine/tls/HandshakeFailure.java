package dev.gatehouse.engine.tls;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
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
    /// It showed no certificate where one is required, or one that is not believed.
    CLIENT_CERTIFICATE,
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
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof CertificateException) {
                return CLIENT_CERTIFICATE;
            }
        }
        boolean noneShown = message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")
                || message.contains("CERTIFICATE_VERIFY_FAILED")
                || message.contains("Empty client certificate chain");
        return noneShown ? CLIENT_CERTIFICATE : REFUSED;
    }

    /// As metrics have it: `unknown_host`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
