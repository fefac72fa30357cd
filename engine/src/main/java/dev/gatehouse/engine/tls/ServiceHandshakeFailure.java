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
        return new ServiceHandshakeFailure(sentence(words(thrown)), false);
    }

    private static String sentence(String words) {
        return switch (words) {
            case "tlsv1 alert no application protocol" -> "it speaks none of the protocols it was offered (ALPN)";
            case "tlsv1 alert certificate required" -> "it wants a certificate of the gateway, and there is none";
            default -> "the TLS handshake failed: " + words;
        };
    }

    /// What the innermost says. BoringSSL writes `error:1000045c:SSL routines:OPENSSL_internal:TLSV1_ALERT_…`.
    private static String words(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        if (message == null) {
            return root.getClass().getSimpleName();
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
