package dev.gatehouse.engine.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/// Reads private keys as people have them: PKCS#8, with a password or without (RFC 5958, RFC 8018), and the older
/// forms for RSA (RFC 8017 A.1.2) and for elliptic curves (RFC 5915).
final class PrivateKeys {
    private static final byte[] VERSION_0 = Der.of(Der.INTEGER, new byte[] {0});

    /// rsaEncryption.
    private static final byte[] RSA = Der.of(
            Der.SEQUENCE,
            Der.of(Der.OID, octets(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1)),
            Der.of(Der.NULL, new byte[0]));

    /// id-ecPublicKey.
    private static final byte[] EC = Der.of(Der.OID, octets(0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1));

    private static final Map<String, String> ALGORITHMS = Map.of(
            "2a864886f70d010101", "RSA",
            "2a8648ce3d0201", "EC");

    private PrivateKeys() {}

    /// @param text PEM; the first key in it counts
    /// @throws IllegalArgumentException with a sentence for the user
    static PrivateKey read(String text, @Nullable String password) {
        List<PemBlock> blocks = PemBlock.all(text);
        for (PemBlock block : blocks) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(block.content());
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return pkcs8(decrypted(block.content(), password));
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(wrapped(RSA, plain(block)));
                }
                case "EC PRIVATE KEY" -> {
                    return pkcs8(wrapped(Der.of(Der.SEQUENCE, EC, curve(plain(block))), plain(block)));
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException(
                blocks.isEmpty()
                        ? "is no PEM (expected: -----BEGIN PRIVATE KEY-----)"
                        : "holds no private key but: " + blocks.getFirst().label());
    }

    private static byte[] plain(PemBlock block) {
        if (block.headers().contains("ENCRYPTED")) {
            throw new IllegalArgumentException("is encrypted in a way that is broken today; write it anew with"
                    + " `openssl pkcs8 -topk8 -in old.key -out new.key`");
        }
        return block.content();
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return Der.of(Der.SEQUENCE, VERSION_0, algorithm, Der.of(Der.OCTET_STRING, key));
    }

    /// The curve that a key of RFC 5915 names.
    private static byte[] curve(byte[] key) {
        ByteBuffer fields = Der.expect(Der.SEQUENCE, ByteBuffer.wrap(key));
        Der.expect(Der.INTEGER, fields);
        Der.expect(Der.OCTET_STRING, fields);
        ByteBuffer parameters = Der.optional(0, fields);
        if (parameters == null) {
            throw new IllegalArgumentException("is an EC key that does not name its curve");
        }
        return Der.octets(parameters);
    }

    private static PrivateKey pkcs8(byte[] content) {
        ByteBuffer fields = Der.expect(Der.SEQUENCE, ByteBuffer.wrap(content));
        Der.expect(Der.INTEGER, fields);
        String oid = HexFormat.of().formatHex(Der.octets(Der.expect(Der.OID, Der.expect(Der.SEQUENCE, fields))));
        String algorithm = ALGORITHMS.get(oid);
        if (algorithm == null) {
            throw new IllegalArgumentException("is neither an RSA nor an EC key; clients know no others");
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no " + algorithm + " key that can be used: " + e.getMessage(), e);
        }
    }

    private static byte[] decrypted(byte[] content, @Nullable String password) {
        if (password == null) {
            throw new IllegalArgumentException("is encrypted and needs 'password' beside it");
        }
        try {
            EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
            // The JDK says PBES2 and leaves the real name to the parameters.
            String algorithm = encrypted.getAlgParameters() == null
                    ? encrypted.getAlgName()
                    : encrypted.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                    encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher).getEncoded();
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            throw new IllegalArgumentException("cannot be opened with this password", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is encrypted in a way that is not understood: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("is no encrypted key: " + e.getMessage(), e);
        }
    }

    private static byte[] octets(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets;
    }
}
