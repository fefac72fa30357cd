package dev.gatehouse.engine.tls.acme;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// A certificate and its key, as a handshake needs them.
///
/// @param chain the certificate itself, followed by those that lead to its root; at least one
public record IssuedCertificate(PrivateKey key, List<X509Certificate> chain) {
    public IssuedCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain without a certificate");
        }
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    public Instant notBefore() {
        return certificate().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    /// Whose it is: the key is secret.
    @Override
    public String toString() {
        return "certificate " + certificate().getSerialNumber().toString(16) + " until " + notAfter();
    }
}
