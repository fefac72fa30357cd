package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.ClientCertificatesConfig.Mode;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Which certificates are believed within each boundary of a listener. Immutable; for all threads.
final class ClientTrusts {
    private final List<ClientBoundary> boundaries;

    /// By the index of the boundary; null where nobody is asked.
    private final List<@Nullable ClientTrust> trusts = new ArrayList<>();

    /// @throws TlsRefused when a file of one of them cannot be used
    ClientTrusts(List<ClientBoundary> boundaries) {
        this.boundaries = boundaries;
        for (ClientBoundary boundary : boundaries) {
            try {
                trusts.add(boundary.asks() ? ClientTrust.of(boundary.asked(), InstantSource.system()) : null);
            } catch (TlsRefused e) {
                throw e.in(boundary.place());
            }
        }
    }

    List<ClientBoundary> boundaries() {
        return boundaries;
    }

    /// Null where nobody is asked.
    @Nullable
    ClientTrust of(ClientBoundary boundary) {
        return trusts.get(boundary.index());
    }

    /// Whether who has shown these would be let in now.
    ///
    /// @param shown as [#verified] has told them
    boolean believe(ClientBoundary boundary, List<X509Certificate> shown) {
        ClientTrust trust = of(boundary);
        if (trust == null || shown.isEmpty()) {
            return boundary.asked().mode() != Mode.REQUIRED;
        }
        try {
            trust.verify(shown);
            return true;
        } catch (ClientCertificateException e) {
            return false;
        }
    }

    /// What the client has shown and is believed, looked at once more when the handshake is over: with a
    /// ticket, nothing was verified in it, and certificates and lists run out of time meanwhile.
    ///
    /// @return empty when it has shown none, and need not
    List<X509Certificate> verified(ClientBoundary boundary, SSLSession session) throws ClientCertificateException {
        ClientTrust trust = of(boundary);
        if (trust == null) {
            return List.of();
        }
        List<X509Certificate> shown = new ArrayList<>();
        try {
            for (Certificate one : session.getPeerCertificates()) {
                shown.add((X509Certificate) one);
            }
        } catch (SSLPeerUnverifiedException e) {
            // It has shown none.
        }
        return shown.isEmpty() && boundary.asked().mode() == Mode.OPTIONAL ? List.of() : trust.verify(shown);
    }
}
