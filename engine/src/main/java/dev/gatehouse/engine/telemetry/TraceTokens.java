package dev.gatehouse.engine.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens with which a client may have its own request written down, in the field `Gatehouse-Trace`: the end of their
/// validity, signed with a key that only this process knows. Safe for threads.
public final class TraceTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE = 16;

    private final InstantSource clock;
    private final SecretKeySpec key;
    private volatile long lastExpires;

    public TraceTokens(InstantSource clock) {
        this.clock = clock;
        byte[] octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        key = new SecretKeySpec(octets, ALGORITHM);
    }

    /// A new token.
    ///
    /// @param lasts from now on
    public String issue(Duration lasts) {
        long expires = clock.instant().plus(lasts).toEpochMilli();
        ByteBuffer token = ByteBuffer.allocate(Long.BYTES + SIGNATURE).putLong(expires);
        token.put(signature(expires));
        synchronized (this) {
            lastExpires = Math.max(lastExpires, expires);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /// Whether there is any token that may still be valid: else nobody needs to look for one.
    boolean areOut() {
        long last = lastExpires;
        return last != 0 && clock.millis() < last;
    }

    boolean isValid(String token) {
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.getBytes(US_ASCII)));
            if (octets.remaining() != Long.BYTES + SIGNATURE) {
                return false;
            }
            long expires = octets.getLong();
            byte[] signature = new byte[SIGNATURE];
            octets.get(signature);
            return MessageDigest.isEqual(signature, signature(expires)) && clock.millis() < expires;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] signature(long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] whole =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(expires).array());
            return Arrays.copyOf(whole, SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
