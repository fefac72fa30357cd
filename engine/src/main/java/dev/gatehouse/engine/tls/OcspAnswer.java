package dev.gatehouse.engine.tls;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an OCSP responder said about one certificate (RFC 6960 §4.2.1), as far as one who staples it has to know:
/// clients check its signature.
///
/// @param serial of the certificate it is about
/// @param good false when the certificate is revoked or unknown
/// @param nextUpdate when it is out of date; null when the responder always has news
record OcspAnswer(BigInteger serial, boolean good, Instant thisUpdate, @Nullable Instant nextUpdate) {
    private static final int SUCCESSFUL = 0;
    private static final int GOOD = 0x80;

    /// id-pkix-ocsp-basic.
    private static final byte[] BASIC = {0x2b, 6, 1, 5, 5, 7, 48, 1, 1};

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

    /// @throws IllegalArgumentException with a sentence about the answer, when it is none or says nothing
    static OcspAnswer read(byte[] der) {
        try {
            return parse(ByteBuffer.wrap(der));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has a time that is none", e);
        }
    }

    /// This answer, which is about that certificate and says that it is good.
    ///
    /// @throws IllegalArgumentException with a sentence about the answer, when it is not
    OcspAnswer about(X509Certificate certificate) {
        if (!serial.equals(certificate.getSerialNumber())) {
            throw new IllegalArgumentException("is about another certificate");
        }
        if (!good) {
            throw new IllegalArgumentException("says that the certificate is not good any more");
        }
        return this;
    }

    private static OcspAnswer parse(ByteBuffer in) {
        ByteBuffer response = Der.expect(Der.SEQUENCE, in);
        int status = Der.expect(Der.ENUMERATED, response).get();
        ByteBuffer bytes = Der.optional(0, response);
        if (status != SUCCESSFUL || bytes == null) {
            throw new IllegalArgumentException("is no answer: the responder's status is " + status);
        }
        ByteBuffer typed = Der.expect(Der.SEQUENCE, bytes);
        if (!Arrays.equals(BASIC, Der.octets(Der.expect(Der.OID, typed)))) {
            throw new IllegalArgumentException("is of a kind that is not understood");
        }
        ByteBuffer basic = Der.expect(Der.SEQUENCE, Der.expect(Der.OCTET_STRING, typed));
        ByteBuffer data = Der.expect(Der.SEQUENCE, basic);
        Der.optional(0, data); // version
        Der.next(data); // responderID
        Der.next(data); // producedAt
        return single(Der.expect(Der.SEQUENCE, Der.expect(Der.SEQUENCE, data)));
    }

    private static OcspAnswer single(ByteBuffer in) {
        ByteBuffer id = Der.expect(Der.SEQUENCE, in);
        Der.next(id); // hashAlgorithm
        Der.next(id); // issuerNameHash
        Der.next(id); // issuerKeyHash
        BigInteger serial = new BigInteger(Der.octets(Der.expect(Der.INTEGER, id)));
        boolean good = Der.next(in).tag() == GOOD;
        Instant thisUpdate = time(Der.expect(Der.GENERALIZED_TIME, in));
        ByteBuffer next = Der.optional(0, in);
        return new OcspAnswer(
                serial, good, thisUpdate, next == null ? null : time(Der.expect(Der.GENERALIZED_TIME, next)));
    }

    private static Instant time(ByteBuffer content) {
        String text = new String(Der.octets(content), StandardCharsets.US_ASCII);
        return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    }
}
