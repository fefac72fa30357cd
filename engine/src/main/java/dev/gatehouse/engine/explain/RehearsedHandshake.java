package dev.gatehouse.engine.explain;

import dev.gatehouse.engine.config.ClientCertificatesConfig.Mode;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.tls.ClientBoundaries;
import dev.gatehouse.engine.tls.ClientBoundary;
import org.jspecify.annotations.Nullable;

/// What would be known of the TLS of a request that nobody sent: it is made to the host of the request. A
/// certificate that is shown is taken as one that is believed; whether it leads to an authority is for
/// handshakes to say.
final class RehearsedHandshake {
    private static final String NEWEST = "TLSv1.3";
    private static final String ANY_SUITE = "TLS_AES_128_GCM_SHA256";

    private RehearsedHandshake() {}

    /// @throws IllegalArgumentException when a client would not get in like this
    static @Nullable TlsFacts of(ListenerConfig listener, Question question) {
        ListenerTlsConfig tls = listener.tls();
        if (tls == null) {
            // A policy may be tried with a certificate where nobody has configured TLS.
            return question.certificates().isEmpty()
                    ? null
                    : new TlsFacts(NEWEST, ANY_SUITE, question.host(), null, question.certificates());
        }
        ClientBoundary boundary = ClientBoundaries.of(tls).at(question.host());
        boolean shows = !question.certificates().isEmpty();
        if (!shows && boundary.asked().mode() == Mode.REQUIRED) {
            throw new IllegalArgumentException(
                    "nobody gets in at '" + question.host() + "' without a client certificate, and the request has none");
        }
        if (shows && !boundary.asks()) {
            throw new IllegalArgumentException(
                    "nobody is asked for a client certificate at '" + question.host() + "', and the request has one");
        }
        return new TlsFacts(tls.maxVersion().protocol(), ANY_SUITE, question.host(), null, question.certificates());
    }
}
