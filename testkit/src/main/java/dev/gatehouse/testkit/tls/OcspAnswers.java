package dev.gatehouse.testkit.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// What the OCSP responder of a [TestAuthority] says about its certificates (RFC 6960 §4.2), as DER.
public final class OcspAnswers {
    private static final byte[] GOOD = Der.implicit(0, new byte[0]);

    private final TestAuthority authority;

    public OcspAnswers(TestAuthority authority) {
        this.authority = authority;
    }

    /// That the certificate is good.
    ///
    /// @param nextUpdate when there will be newer news
    public byte[] good(X509Certificate certificate, Instant nextUpdate) {
        return answer(certificate, GOOD, nextUpdate);
    }

    /// That the certificate has been revoked yesterday.
    public byte[] revoked(X509Certificate certificate, Instant nextUpdate) {
        return answer(
                certificate, Der.explicit(1, Der.generalizedTime(Instant.now().minus(Duration.ofDays(1)))), nextUpdate);
    }

    /// That the responder has no time.
    public static byte[] tryLater() {
        return Der.sequence(Der.enumerated(3));
    }

    private byte[] answer(X509Certificate certificate, byte[] status, Instant nextUpdate) {
        X509Certificate issuer = authority.certificate();
        byte[] id = Der.sequence(
                Der.sequence(Der.oid("1.3.14.3.2.26"), Der.nothing()),
                Der.octets(sha1(issuer.getSubjectX500Principal().getEncoded())),
                Der.octets(sha1(keyBits(issuer))),
                Der.integer(certificate.getSerialNumber()));
        Instant thisUpdate = Instant.now().minus(Duration.ofHours(1));
        byte[] single = Der.sequence(
                id, status, Der.generalizedTime(thisUpdate), Der.explicit(0, Der.generalizedTime(nextUpdate)));
        byte[] content = Der.sequence(
                Der.explicit(1, issuer.getSubjectX500Principal().getEncoded()),
                Der.generalizedTime(thisUpdate),
                Der.sequence(single));
        byte[] basic = TestKeys.signed(content, authority.key());
        return Der.sequence(
                Der.enumerated(0), Der.explicit(0, Der.sequence(Der.oid("1.3.6.1.5.5.7.48.1.1"), Der.octets(basic))));
    }

    /// The octets of the key without its algorithm. Those of P-256 are the last 65.
    private static byte[] keyBits(X509Certificate certificate) {
        byte[] whole = certificate.getPublicKey().getEncoded();
        return Arrays.copyOfRange(whole, whole.length - 65, whole.length);
    }

    private static byte[] sha1(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
