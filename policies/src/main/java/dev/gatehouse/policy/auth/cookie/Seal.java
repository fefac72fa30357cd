package dev.gatehouse.policy.auth.cookie;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals octets with AES-256-GCM: who has not the secret can neither read nor change nor make them.
///
/// ```
///   version (1 octet) │ salt (16) │ what is sealed, and its tag
/// ```
///
/// Key and nonce of each seal are derived from the secret and a fresh salt (HKDF-SHA256, RFC 5869), so that a
/// secret serves for more seals than random nonces under one key would. Used by all loops.
public final class Seal {
    private static final byte VERSION = 1;
    private static final int SALT = 16;
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom CHANCE = new SecureRandom();

    private final byte[] purpose;
    private final List<SecretKey> keys;

    private Seal(byte[] purpose, List<SecretKey> keys) {
        this.purpose = purpose;
        this.keys = keys;
    }

    /// @param purpose what is sealed for one cannot be opened for another
    /// @param secrets the first seals; all of them open. Of high entropy
    public static Seal of(String purpose, List<byte[]> secrets) {
        List<SecretKey> keys = secrets.stream().map(Seal::extracted).toList();
        return new Seal(purpose.getBytes(UTF_8), keys);
    }

    private static SecretKey extracted(byte[] secret) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "Generic",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(new SecretKeySpec(secret, "Generic"))
                                    .addSalt("gatehouse seal 1".getBytes(UTF_8))
                                    .extractOnly());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF-SHA256", e);
        }
    }

    /// @param binding must be given again to open it, such as the name of the cookie
    public byte[] close(byte[] octets, String binding) {
        byte[] salt = new byte[SALT];
        CHANCE.nextBytes(salt);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), salt, binding);
            ByteBuffer sealed = ByteBuffer.allocate(1 + SALT + cipher.getOutputSize(octets.length));
            sealed.put(VERSION).put(salt);
            cipher.doFinal(ByteBuffer.wrap(octets), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// Null for what was not sealed with one of the secrets, for this purpose and binding.
    public byte @Nullable [] open(byte[] sealed, String binding) {
        if (sealed.length < 1 + SALT + TAG_BITS / 8 || sealed[0] != VERSION) {
            return null;
        }
        byte[] salt = Arrays.copyOfRange(sealed, 1, 1 + SALT);
        for (SecretKey key : keys) {
            try {
                return cipher(Cipher.DECRYPT_MODE, key, salt, binding)
                        .doFinal(sealed, 1 + SALT, sealed.length - 1 - SALT);
            } catch (GeneralSecurityException e) {
                // sealed with another secret, or by nobody: the next one is tried
            }
        }
        return null;
    }

    private Cipher cipher(int mode, SecretKey secret, byte[] salt, String binding) throws GeneralSecurityException {
        ByteBuffer info =
                ByteBuffer.allocate(salt.length + purpose.length).put(salt).put(purpose);
        byte[] derived = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.expandOnly(secret, info.array(), KEY + NONCE));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(derived, 0, KEY, "AES"), new GCMParameterSpec(TAG_BITS, derived, KEY, NONCE));
        cipher.updateAAD(binding.getBytes(UTF_8));
        return cipher;
    }
}
