package dev.gatehouse.policy.auth.oidc.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Secrets that nobody can guess, and hashes that give none away.
public final class Secrets {
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final int OCTETS = 32;

    private Secrets() {}

    /// 256 bits, as 43 characters that may stand in a URL and in a cookie.
    public static String fresh() {
        byte[] octets = new byte[OCTETS];
        CHANCE.nextBytes(octets);
        return text(octets);
    }

    /// The SHA-256, as 43 such characters.
    public static String hash(String text) {
        return hash(text, new byte[0]);
    }

    /// The same of a text and what follows it.
    static String hash(String text, byte[] octets) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(UTF_8));
            return text(digest.digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Octets as characters that may stand in a URL and in a cookie.
    public static String text(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /// The octets of such a text; null when it is none.
    public static byte @Nullable [] octets(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
