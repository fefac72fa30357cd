package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.CertificateConfig;
import javax.net.ssl.KeyManagerFactory;

/// PLACEHOLDER
final class OwnCertificate {
    private OwnCertificate() {}

    static KeyManagerFactory of(CertificateConfig config) {
        throw new UnsupportedOperationException(config.toString());
    }
}
