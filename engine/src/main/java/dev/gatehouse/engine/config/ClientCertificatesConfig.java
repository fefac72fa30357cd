package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import org.jspecify.annotations.Nullable;

/// Whether clients show certificates (mutual TLS), and which are believed.
@Settings(
        name = "listener.tls.client_certificates",
        value = "Whether clients show certificates (mutual TLS), and which are believed.")
public record ClientCertificatesConfig(
        @Setting(
                value = "optional, required or none. A certificate that is shown is always verified.",
                byDefault = "required")
        Mode mode,

        @Setting("PEM file with the certificates of the authorities that are believed; nobody else's is.") @Nullable
        FileContent ca,

        @Setting(
                "PEM or DER file with the authorities' lists of revoked certificates (CRL). An authority without a list"
                        + " in it, or with one that is out of date, is not believed.")
        @Nullable
        FileContent crl,

        @Setting(
                value = "Most certificates between the client's and a known authority's.",
                byDefault = "3",
                min = "0",
                max = "10")
        int maxDepth,

        @Setting(
                value = "Tell services the verified certificate in Client-Cert and Client-Cert-Chain (RFC 9440). What"
                        + " clients send there is taken away in any case.",
                byDefault = "false")
        boolean forward) {
    /// Nobody is asked.
    public static final ClientCertificatesConfig NONE = new ClientCertificatesConfig(Mode.NONE, null, null, 3, false);

    /// Whether a client shows a certificate.
    public enum Mode {
        /// Nobody is asked for one.
        NONE,
        /// Everybody is asked, and who has none comes in without.
        OPTIONAL,
        /// Nobody comes in without.
        REQUIRED
    }

    public ClientCertificatesConfig {
        if (mode != Mode.NONE && ca == null) {
            throw new IllegalArgumentException("mode: " + mode.name().toLowerCase(java.util.Locale.ROOT)
                    + " needs 'ca': who issues the certificates");
        }
        Check.between("max_depth", maxDepth, 0, 10);
    }

    /// The same, whoever was revoked.
    public ClientCertificatesConfig withoutList() {
        return new ClientCertificatesConfig(mode, ca, null, maxDepth, forward);
    }
}
