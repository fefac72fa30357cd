package dev.gatehouse.policy.auth.oauth2;

import dev.gatehouse.api.Text;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// By what the answers about a token are found again: its SHA-256. The token itself is not kept, and nobody can
/// make up tokens that fall together.
record TokenHash(long a, long b, long c, long d) {
    static TokenHash of(Text token) {
        byte[] octets = new byte[token.length()];
        token.copyTo(octets, 0, octets.length);
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(octets));
            return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }
}
