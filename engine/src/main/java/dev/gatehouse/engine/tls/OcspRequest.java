package dev.gatehouse.engine.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an OCSP responder is asked (RFC 6960 §4.1), and where it is.
final class OcspRequest {
    private static final String AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";

    /// id-ad-ocsp.
    private static final byte[] OCSP = {0x2b, 6, 1, 5, 5, 7, 48, 1};

    private static final byte[] SHA_1 = {0x2b, 0x0e, 3, 2, 0x1a};
    private static final int URI = 0x86;

    private OcspRequest() {}

    /// The URL of who knows about a certificate; null when it does not say.
    static @Nullable String responder(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(AUTHORITY_ACCESS);
        if (extension == null) {
            return null;
        }
        try {
            ByteBuffer all = Der.expect(Der.SEQUENCE, Der.expect(Der.OCTET_STRING, ByteBuffer.wrap(extension)));
            while (all.hasRemaining()) {
                ByteBuffer one = Der.expect(Der.SEQUENCE, all);
                boolean ocsp = Arrays.equals(OCSP, Der.octets(Der.expect(Der.OID, one)));
                Der place = Der.next(one);
                if (ocsp && place.tag() == URI) {
                    return new String(Der.octets(place.content()), StandardCharsets.US_ASCII);
                }
            }
            return null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Whether this certificate is still good. Not signed, and without a number of its own, so that responders may
    /// answer from what they keep.
    static byte[] about(X509Certificate certificate, X509Certificate issuer) {
        byte[] id = Der.of(
                Der.SEQUENCE,
                Der.of(Der.SEQUENCE, Der.of(Der.OID, SHA_1), Der.of(Der.NULL)),
                Der.of(Der.OCTET_STRING, sha1(issuer.getSubjectX500Principal().getEncoded())),
                Der.of(Der.OCTET_STRING, sha1(key(issuer))),
                Der.of(Der.INTEGER, certificate.getSerialNumber().toByteArray()));
        return Der.of(
                Der.SEQUENCE,
                Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, Der.of(Der.SEQUENCE, id))));
    }

    /// The key's own octets, without its algorithm.
    private static byte[] key(X509Certificate issuer) {
        ByteBuffer fields =
                Der.expect(Der.SEQUENCE, ByteBuffer.wrap(issuer.getPublicKey().getEncoded()));
        Der.next(fields);
        ByteBuffer bits = Der.expect(Der.BIT_STRING, fields);
        bits.get();
        return Der.octets(bits);
    }

    private static byte[] sha1(byte[] content) {
        try {
            // A name for the issuer, not a proof of anything; the only one all responders know.
            return MessageDigest.getInstance("SHA-1").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
