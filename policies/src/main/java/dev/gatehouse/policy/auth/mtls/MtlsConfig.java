package dev.gatehouse.policy.auth.mtls;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user writes under `security.authentication` with `type: mtls`.
@Settings(
        name = "authentication.mtls",
        value = "Clients are who they proved to be by a certificate when they connected; the listener asks for it with"
                + " client_certificates.")
public record MtlsConfig(
        @Setting(
                value = "Which name of the certificate is the user: cn, subject, san_dns, san_uri, san_email or"
                        + " fingerprint. A certificate without one, or with several, is refused.",
                byDefault = "cn")
        NameKind userFrom,

        @Setting("Which name of the certificate is the name of a consumer, where certificates does not say so.")
        @Nullable
        NameKind consumerFrom,

        @Setting("Whose certificates are, by a name they bear: CN=shop, a whole subject, a host, a URI such as"
                + " spiffe://…, an e-mail address, or sha256: and the fingerprint. Where this says anything, others are"
                + " refused.")
        Map<String, CertificateEntryConfig> certificates) {
    public MtlsConfig {
        certificates = Map.copyOf(certificates);
        for (String name : certificates.keySet()) {
            try {
                CertificateName.written(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("certificates: " + e.getMessage(), e);
            }
        }
    }
}
