package dev.gatehouse.engine.net;

import dev.gatehouse.api.ClientTls;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What client and gateway agreed on in a handshake (RFC 8446), and who the client proved to be.
///
/// @param protocol `TLSv1.3`
/// @param cipher the suite, by its IANA name
/// @param serverName the host the client named (SNI, RFC 6066 §3), in lower case; null when it named none
/// @param applicationProtocol what is spoken inside (ALPN, RFC 7301); null when nothing was agreed on
/// @param clientCertificates verified, the client's own first, without the root; empty when it showed none
public record TlsFacts(
        String protocol,
        String cipher,
        @Nullable String serverName,
        @Nullable String applicationProtocol,
        List<X509Certificate> clientCertificates)
        implements ClientTls {
    public TlsFacts {
        clientCertificates = List.copyOf(clientCertificates);
    }
}
