package dev.gatehouse.engine.tls;

import dev.gatehouse.api.config.FileContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Who is believed when a service shows a certificate.
final class Authorities {
    private Authorities() {}

    /// @param pem the certificates of those who are believed; null for those of the Java runtime
    /// @throws TlsRefused when that is no PEM, or there is nobody in it
    static X509ExtendedTrustManager of(@Nullable FileContent pem) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(pem == null ? null : store(pem));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("the Java runtime cannot verify certificates");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java runtime cannot verify certificates", e);
        }
    }

    private static KeyStore store(FileContent pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int n = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("authority-" + n++, certificate);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(FileContent pem) {
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.octets()));
        } catch (CertificateException e) {
            throw new TlsRefused("ca", "'" + pem + "' is not PEM with certificates: " + e.getMessage());
        }
        if (found.isEmpty()) {
            throw new TlsRefused("ca", "'" + pem + "' holds no certificate");
        }
        return found;
    }
}
