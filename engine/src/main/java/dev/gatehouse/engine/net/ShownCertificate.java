package dev.gatehouse.engine.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The verified certificate of a client in the words that logs, templates and services have for it. Each is put
/// together once per connection, when somebody asks first. On the connection's event loop only.
public final class ShownCertificate {
    private final List<X509Certificate> chain;
    private @Nullable String subject;
    private @Nullable String issuer;
    private @Nullable String serial;
    private @Nullable String fingerprint;
    private byte @Nullable [] field;
    private byte @Nullable [] chainField;

    /// @param chain the client's own first; not empty
    public ShownCertificate(List<X509Certificate> chain) {
        this.chain = List.copyOf(chain);
        this.chain.getFirst();
    }

    private X509Certificate own() {
        return chain.getFirst();
    }

    /// Whom it names (RFC 4514): `CN=ada,O=Shop`.
    public String subject() {
        String known = subject;
        if (known == null) {
            known = own().getSubjectX500Principal().getName();
            subject = known;
        }
        return known;
    }

    /// Who has issued it (RFC 4514).
    public String issuer() {
        String known = issuer;
        if (known == null) {
            known = own().getIssuerX500Principal().getName();
            issuer = known;
        }
        return known;
    }

    /// Its number among those of its issuer, in hexadecimal digits.
    public String serial() {
        String known = serial;
        if (known == null) {
            known = own().getSerialNumber().toString(16);
            serial = known;
        }
        return known;
    }

    /// SHA-256 of the whole certificate, 64 hexadecimal digits in lower case.
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = HexFormat.of().formatHex(sha256(encoded(own())));
            fingerprint = known;
        }
        return known;
    }

    /// The value of the Client-Cert field (RFC 9440 §2.2). Shared: never written to.
    public byte[] clientCert() {
        byte[] known = field;
        if (known == null) {
            known = byteSequence(own()).getBytes(US_ASCII);
            field = known;
        }
        return known;
    }

    /// The value of the Client-Cert-Chain field (RFC 9440 §2.3): who stands between the client and an
    /// authority that is known here. Empty when nobody does; such a field is not sent. Shared: never written
    /// to.
    public byte[] clientCertChain() {
        byte[] known = chainField;
        if (known == null) {
            StringBuilder list = new StringBuilder();
            for (X509Certificate issuing : chain.subList(1, chain.size())) {
                list.append(list.isEmpty() ? "" : ", ").append(byteSequence(issuing));
            }
            known = list.toString().getBytes(US_ASCII);
            chainField = known;
        }
        return known;
    }

    /// RFC 8941 §3.3.5.
    private static String byteSequence(X509Certificate certificate) {
        return ":" + Base64.getEncoder().encodeToString(encoded(certificate)) + ":";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was verified cannot be written", e);
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
