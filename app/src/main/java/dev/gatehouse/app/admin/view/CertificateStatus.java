package dev.gatehouse.app.admin.view;

import dev.gatehouse.engine.tls.KeyMaterial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A certificate that clients are shown.
///
/// @param listener where
/// @param hosts it is for; empty when it names addresses only
/// @param kind of its key: `ecdsa` or `rsa`
/// @param issuer who vouches for it
/// @param serial its number among those of its issuer, in hexadecimal digits
/// @param notAfter when it ends, or what is shown with it and ends before
/// @param daysLeft until then; below 0 when it is over
public record CertificateStatus(
        String listener,
        List<String> hosts,
        String kind,
        String issuer,
        String serial,
        Instant notBefore,
        Instant notAfter,
        long daysLeft) {
    public CertificateStatus {
        hosts = List.copyOf(hosts);
    }

    public static CertificateStatus of(String listener, KeyMaterial certificate, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        return new CertificateStatus(
                listener,
                certificate.hosts(),
                certificate.kind(),
                certificate.certificate().getIssuerX500Principal().getName(),
                certificate.certificate().getSerialNumber().toString(16),
                certificate.notBefore(),
                certificate.notAfter(),
                left.isNegative() ? Math.min(-1, left.toDays()) : left.toDays());
    }
}
