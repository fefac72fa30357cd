package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.identity.Identity;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A key of the settings, and who signs with it. Immutable, used by all loops.
final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final Identity identity;
    private final @Nullable String consumer;

    /// @param identity without its consumer
    /// @param consumer who has the key; null for nobody we know
    SigningKey(byte[] secret, Identity identity, @Nullable String consumer) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        this.identity = identity;
        this.consumer = consumer;
    }

    Identity identity() {
        return identity;
    }

    @Nullable
    String consumer() {
        return consumer;
    }

    /// In constant time.
    boolean made(byte[] signature, byte[] base) {
        return MessageDigest.isEqual(signature, signature(base));
    }

    byte[] signature(byte[] base) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(base);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
