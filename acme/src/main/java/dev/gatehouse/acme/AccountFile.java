package dev.gatehouse.acme;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/// The key of an account as a file of PEM: both halves, since the JDK makes no public key of a private one.
final class AccountFile {
    private static final String ALGORITHM = "EC";

    private AccountFile() {}

    static byte[] write(KeyPair account) {
        return (Pem.block(Pem.PUBLIC_KEY, account.getPublic().getEncoded())
                        + Pem.block(Pem.PRIVATE_KEY, account.getPrivate().getEncoded()))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// @throws GeneralSecurityException when there is no such pair
    static KeyPair read(byte[] pem) throws GeneralSecurityException {
        try {
            List<byte[]> open = Pem.blocks(pem, Pem.PUBLIC_KEY);
            List<byte[]> secret = Pem.blocks(pem, Pem.PRIVATE_KEY);
            if (open.size() != 1 || secret.size() != 1) {
                throw new GeneralSecurityException("not one key");
            }
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(open.getFirst())),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(secret.getFirst())));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not PEM", e);
        }
    }
}
