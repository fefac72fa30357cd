package dev.gatehouse.engine.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/// Why no TLS was agreed on with a service.
///
/// @param sentence for operators; begins in the middle of one: `its certificate has expired: …`
/// @param late whether it was only that time ran out
public record ServiceHandshakeFailure(String sentence, boolean late) {
    private static final int MAX = 300;

    /// @param thrown what the handshake ended with
    public static ServiceHandshakeFailure of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            switch (t) {
                case ServiceTrust.NotBelieved reason -> {
                    return new ServiceHandshakeFailure(String.valueOf(reason.getMessage()), false);
                }
                case SslHandshakeTimeoutException _ -> {
                    return new ServiceHandshakeFailure("no TLS handshake in time", true);
                }
                case NotSslRecordException _ -> {
                    return new ServiceHandshakeFailure("it does not speak TLS on this port", false);
                }
                case ClosedChannelException _ -> {
                    return new ServiceHandshakeFailure("it closed the connection during the TLS handshake", false);
                }
                default -> {}
            }
        }
        return new ServiceHandshakeFailure("the TLS handshake failed: " + words(thrown), false);
    }

    /// BoringSSL says `error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE`.
    private static String words(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null) {
            return thrown.getClass().getSimpleName();
        }
        if (message.startsWith("error:")) {
            message = message.substring(message.lastIndexOf(':') + 1)
                    .replace('_', ' ')
                    .toLowerCase(Locale.ROOT)
                    .strip();
        }
        return message.length() > MAX ? message.substring(0, MAX) : message;
    }
}
