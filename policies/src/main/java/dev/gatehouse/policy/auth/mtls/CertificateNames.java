package dev.gatehouse.policy.auth.mtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// The names of one certificate. Immutable.
///
/// @param all every name, as it is compared
/// @param subject as people read it (RFC 2253)
/// @param fingerprint hexadecimal digits
record CertificateNames(List<CertificateName> all, String subject, String fingerprint) {
    // Of GeneralName (RFC 5280 §4.2.1.6).
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;

    /// @throws IllegalArgumentException when its names cannot be read
    static CertificateNames of(X509Certificate certificate) {
        try {
            String fingerprint = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            String subject = certificate.getSubjectX500Principal().getName();
            List<CertificateName> names = new ArrayList<>();
            names.add(CertificateName.fingerprint(fingerprint));
            names.add(CertificateName.subject(certificate.getSubjectX500Principal()));
            for (Rdn part : new LdapName(subject).getRdns()) {
                Attribute cn = part.toAttributes().get("CN");
                if (cn != null && cn.get() instanceof String text && !text.isBlank()) {
                    names.add(new CertificateName(NameKind.CN, text));
                }
            }
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(name -> add(name, names));
            }
            return new CertificateNames(List.copyOf(names), subject, fingerprint);
        } catch (CertificateParsingException | CertificateEncodingException | NamingException e) {
            throw new IllegalArgumentException("the names of the certificate cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// @param name its kind and itself
    private static void add(List<?> name, List<CertificateName> into) {
        if (name.get(0) instanceof Integer kind && name.get(1) instanceof String text && !text.isBlank()) {
            switch (kind) {
                case EMAIL -> into.add(new CertificateName(NameKind.EMAIL, text));
                case DNS -> into.add(CertificateName.dns(text));
                case URI -> into.add(new CertificateName(NameKind.URI, text));
                default -> {}
            }
        }
    }

    /// All of one kind, as people read them; without repetitions.
    List<String> of(NameKind kind) {
        if (kind == NameKind.SUBJECT) {
            return subject.isEmpty() ? List.of() : List.of(subject);
        }
        return all.stream()
                .filter(name -> name.kind() == kind)
                .map(CertificateName::text)
                .distinct()
                .toList();
    }

    /// What expressions and services may ask about the certificate.
    Map<String, Object> claims(X509Certificate certificate) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("subject", subject);
        claims.put("issuer", certificate.getIssuerX500Principal().getName());
        claims.put("serial", certificate.getSerialNumber().toString(16));
        claims.put("fingerprint", fingerprint);
        claims.put("san_dns", of(NameKind.DNS));
        claims.put("san_uri", of(NameKind.URI));
        claims.put("san_email", of(NameKind.EMAIL));
        return claims;
    }
}
