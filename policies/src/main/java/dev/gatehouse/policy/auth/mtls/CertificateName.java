package dev.gatehouse.policy.auth.mtls;

import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/// A name a certificate bears, in a form in which equal names are equal.
///
/// @param text hosts and fingerprints in lower case, subjects as [X500Principal#CANONICAL]
record CertificateName(NameKind kind, String text) {
    private static final String FINGERPRINT = "sha256:";

    /// As users write it.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    static CertificateName written(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(FINGERPRINT)) {
            String digits = lower.substring(FINGERPRINT.length()).replace(":", "");
            if (!digits.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("'" + name + "' (expected: sha256: and 64 hexadecimal digits)");
            }
            return new CertificateName(NameKind.FINGERPRINT, FINGERPRINT + digits);
        }
        if (name.contains("://")) {
            return new CertificateName(NameKind.URI, name);
        }
        if (name.contains("=")) {
            return ofSubject(name);
        }
        if (name.contains("@")) {
            return new CertificateName(NameKind.EMAIL, name);
        }
        if (!lower.matches("[a-z0-9_*.-]+")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a certificate (expected: CN=shop, a host, a"
                            + " URI, an e-mail address or sha256:…)");
        }
        return dns(name);
    }

    /// `CN=shop` alone is a common name, whatever else the subject says.
    private static CertificateName ofSubject(String name) {
        try {
            X500Principal subject = new X500Principal(name);
            boolean alone =
                    name.regionMatches(true, 0, "CN=", 0, 3) && name.indexOf(',') < 0 && name.indexOf('=', 3) < 0;
            return alone ? new CertificateName(NameKind.CN, name.substring(3).strip()) : subject(subject);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' is no subject (expected: such as CN=shop,O=Acme)", e);
        }
    }

    static CertificateName subject(X500Principal subject) {
        return new CertificateName(NameKind.SUBJECT, subject.getName(X500Principal.CANONICAL));
    }

    static CertificateName dns(String host) {
        return new CertificateName(NameKind.DNS, host.toLowerCase(Locale.ROOT));
    }

    static CertificateName fingerprint(String digits) {
        return new CertificateName(NameKind.FINGERPRINT, FINGERPRINT + digits);
    }
}
