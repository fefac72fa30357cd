package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.Text;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The `Content-Digest` of a request (RFC 9530 §2).
///
/// @param sha256 null when it is not given
/// @param sha512 null when it is not given
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, below
record BodyDigest(byte @Nullable [] sha256, byte @Nullable [] sha512) {
    /// @throws IllegalArgumentException when it cannot be read, or has no algorithm that is safe
    static BodyDigest of(List<Text> values) {
        String text = values.stream().map(Text::toString).collect(Collectors.joining(", "));
        Map<String, byte[]> digests = FieldReader.octets(text);
        BodyDigest digest = new BodyDigest(digests.get("sha-256"), digests.get("sha-512"));
        if (digest.sha256() == null && digest.sha512() == null) {
            throw new IllegalArgumentException("Content-Digest has neither sha-256 nor sha-512");
        }
        return digest;
    }

    /// All that are given have to fit.
    boolean fits(byte[] body) {
        return fits("SHA-256", sha256, body) && fits("SHA-512", sha512, body);
    }

    private static boolean fits(String algorithm, byte @Nullable [] digest, byte[] body) {
        try {
            return digest == null
                    || MessageDigest.isEqual(
                            digest, MessageDigest.getInstance(algorithm).digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
