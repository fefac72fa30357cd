package dev.gatehouse.api;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client and the gateway agreed on in their TLS handshake (RFC 8446), and who the client proved to
/// be. The same for every request of a connection.
public interface ClientTls {
    /// `TLSv1.3`
    String protocol();

    /// The cipher suite, by its IANA name.
    String cipher();

    /// The host the client named (SNI, RFC 6066 §3), in lower case; null when it named none.
    @Nullable
    String serverName();

    /// What is spoken inside (ALPN, RFC 7301): `h2`; null when nothing was agreed on.
    @Nullable
    String applicationProtocol();

    /// Verified: the client's own first, each of the others has issued the one before. Without the root.
    /// Empty when it showed none.
    List<X509Certificate> clientCertificates();
}
