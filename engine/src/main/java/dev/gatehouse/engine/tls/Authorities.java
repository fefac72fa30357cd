package dev.gatehouse.engine.tls;

import dev.gatehouse.api.config.FileContent;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
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
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
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
        for (X509Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("authority-" + n++, certificate);
        }
        return store;
    }

    private static List<X509Certificate> certificates(FileContent pem) {
        try {
            return KeyMaterialReader.certificates(pem.text());
        } catch (IllegalArgumentException e) {
            throw new TlsRefused("ca", pem.name() + " " + e.getMessage());
        }
    }
}
