package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import org.jspecify.annotations.Nullable;

/// A certificate and its key: as PEM, or both in one PKCS#12 file.
@Settings(name = "tls.certificate", value = "A certificate with its key, as PEM or in a PKCS#12 file.")
public record CertificateConfig(
        @Setting("PEM file with the certificate, followed by those that lead to its root.") @Nullable
        FileContent cert,

        @Setting("PEM file with the key that belongs to it: PKCS#8, RSA or EC.") @Nullable
        FileContent key,

        @Setting("PKCS#12 file that holds both.") @Nullable FileContent pkcs12,

        @Setting("What opens the key or the PKCS#12 file; write ${env:NAME} or ${file:path}.") @Nullable
        String password,

        @Setting("DER file with the answer of its issuer's OCSP responder, stapled to handshakes.") @Nullable
        FileContent ocsp,

        @Setting(
                value = "Shown to clients that name no host, or one no certificate is for; without such a one they are"
                        + " refused.",
                byDefault = "false")
        boolean fallback) {
    public CertificateConfig {
        if (pkcs12 == null && cert == null) {
            throw new IllegalArgumentException("a certificate needs 'cert' and 'key', or 'pkcs12'");
        }
        if (pkcs12 != null && (cert != null || key != null)) {
            throw new IllegalArgumentException("pkcs12: holds certificate and key already; remove 'cert' and 'key'");
        }
        if (cert != null && key == null) {
            throw new IllegalArgumentException("cert: needs 'key' beside it");
        }
    }
}
