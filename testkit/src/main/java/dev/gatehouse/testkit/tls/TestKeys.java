package dev.gatehouse.testkit.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keys for tests. A new one of ECDSA is made in less than a millisecond; one of RSA takes its time, so there is
/// one of each size in a run.
final class TestKeys {
    private static final Map<Integer, KeyPair> RSA = new ConcurrentHashMap<>();

    private TestKeys() {}

    /// @param bits of an RSA key; 0 is ECDSA with P-256
    static KeyPair of(int bits) {
        return bits == 0 ? ecdsa() : RSA.computeIfAbsent(bits, TestKeys::rsa);
    }

    private static KeyPair ecdsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What is signed, its algorithm and the signature, as X.509 wants them together.
    static byte[] signed(byte[] content, PrivateKey key) {
        return Der.sequence(content, algorithm(key), Der.bits(signature(content, key), 0));
    }

    /// The algorithm that [#signed] uses with this key.
    static byte[] algorithm(PrivateKey key) {
        return key.getAlgorithm().equals("RSA")
                ? Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.nothing())
                : Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    }

    private static byte[] signature(byte[] content, PrivateKey key) {
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
