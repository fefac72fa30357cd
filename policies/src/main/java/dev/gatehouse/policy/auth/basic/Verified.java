package dev.gatehouse.policy.auth.basic;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.state.SharedState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Credentials that were right a moment ago. Kept as a fast hash with a key that this process alone has and never
/// writes down: good for as long as it lives, and for nothing else. Shared by all loops, and kept through reloads.
final class Verified implements SharedState<Verified> {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST_REMEMBERED = 10_000;

    private final Cache<ByteBuffer, Long> until;
    private final SecretKeySpec key;
    private final boolean writes;

    Verified() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.until = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .executor(Runnable::run)
                .build();
        this.writes = true;
    }

    private Verified(Verified other) {
        this.key = other.key;
        this.until = other.until;
        this.writes = false;
    }

    /// What credentials are found by. The hash they were checked against is part of it: who changes a password
    /// changes this too.
    ByteBuffer name(Credentials credentials, PasswordHash hash) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] user = credentials.user().getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(4).putInt(user.length).flip());
            mac.update(user);
            mac.update(hash.octets());
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(credentials.password()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// @param nanos as [dev.gatehouse.api.time.TimeSource#nanos]
    boolean knows(ByteBuffer name, long nanos) {
        Long end = until.getIfPresent(name);
        return end != null && nanos - end < 0;
    }

    /// @param end as [dev.gatehouse.api.time.TimeSource#nanos]
    void remember(ByteBuffer name, long end) {
        if (writes) {
            until.put(name, end);
        }
    }

    @Override
    public Verified peek() {
        return new Verified(this);
    }
}
