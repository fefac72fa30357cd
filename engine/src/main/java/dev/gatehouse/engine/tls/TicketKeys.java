package dev.gatehouse.engine.tls;

import dev.gatehouse.engine.config.SessionTicketsConfig;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys that session tickets are sealed with: the newest seals, it and the one before open. Made by ourselves and
/// replaced every so often, or taken from a file that several gateways share. They outlive a reload of the listener:
/// clients come back with their tickets whatever has changed since. Used from all loops.
final class TicketKeys {
    static final int KEY_OCTETS = 48;

    private final SessionTicketsConfig config;
    private final long started;
    private final SecureRandom random;
    private List<byte[]> keys;
    private long generation;

    /// @param now in nanoseconds, on the clock of [#generationAt]
    TicketKeys(SessionTicketsConfig config, SecureRandom random, long now) {
        this.config = config;
        this.random = random;
        this.started = now;
        this.keys =
                config.keys() == null ? List.of(fresh()) : split(config.keys().octets());
    }

    private static List<byte[]> split(byte[] octets) {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < octets.length; i += KEY_OCTETS) {
            keys.add(Arrays.copyOfRange(octets, i, i + KEY_OCTETS));
        }
        return List.copyOf(keys);
    }

    SessionTicketsConfig config() {
        return config;
    }

    /// How often the keys have been replaced: asked before each handshake, so it locks nothing.
    long generationAt(long now) {
        return config.keys() != null ? 0 : (now - started) / config.rotate().toNanos();
    }

    /// The keys of this generation or, when somebody else was faster, a later one; the newest first. No key is
    /// younger than its generation, and none opens anything after the one that follows it.
    synchronized List<byte[]> of(long wanted) {
        if (wanted == generation + 1) {
            keys = List.of(fresh(), keys.getFirst());
            generation = wanted;
        } else if (wanted > generation) {
            keys = List.of(fresh());
            generation = wanted;
        }
        return keys;
    }

    private byte[] fresh() {
        byte[] key = new byte[KEY_OCTETS];
        random.nextBytes(key);
        return key;
    }

    /// Keys for tickets of one circle of clients alone: nobody who was let in elsewhere comes in with a ticket
    /// of there.
    ///
    /// @param circle what tells it from others
    static List<byte[]> within(byte[] circle, List<byte[]> keys) {
        return keys.stream().map(key -> within(circle, key)).toList();
    }

    private static byte[] within(byte[] circle, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key, "HmacSHA512"));
            return Arrays.copyOf(mac.doFinal(circle), KEY_OCTETS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
