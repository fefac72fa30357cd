package dev.gatehouse.policy.auth.external;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// By what an answer is found again: the SHA-256 of all it depends on. No credential is kept, and nobody can make up
/// questions that fall together.
record QuestionKey(ByteBuffer hash) {
    /// Puts one together, part by part.
    static final class Builder {
        private final MessageDigest digest;

        Builder() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        /// With its length before it: `ab`, `c` is another question than `a`, `bc`. Nothing is not the same as an
        /// empty text.
        Builder add(@Nullable CharSequence part) {
            byte[] octets = part == null ? new byte[0] : part.toString().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4)
                    .putInt(part == null ? -1 : octets.length)
                    .flip());
            digest.update(octets);
            return this;
        }

        QuestionKey build() {
            return new QuestionKey(ByteBuffer.wrap(digest.digest()));
        }
    }
}
