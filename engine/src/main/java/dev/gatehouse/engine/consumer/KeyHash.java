package dev.gatehouse.engine.consumer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of a key: what keys are looked up by. Comparing two takes as long whether they differ at the beginning
/// or at the end.
final class KeyHash {
    private final byte[] octets;

    private KeyHash(byte[] octets) {
        this.octets = octets;
    }

    /// @param key a character for each octet, as fields are read
    static KeyHash of(CharSequence key) {
        byte[] octets = new byte[key.length()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) key.charAt(i);
        }
        try {
            return new KeyHash(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// @param digits 64 of them
    static KeyHash ofHex(String digits) {
        return new KeyHash(HexFormat.of().parseHex(digits));
    }

    String hex() {
        return HexFormat.of().formatHex(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash that && MessageDigest.isEqual(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return octets[0] << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
    }

    @Override
    public String toString() {
        return hex();
    }
}
