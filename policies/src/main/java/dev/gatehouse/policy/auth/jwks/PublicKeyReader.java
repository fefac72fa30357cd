package dev.gatehouse.policy.auth.jwks;

import dev.gatehouse.api.config.FileContent;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a public key, or the one of a certificate, from PEM (RFC 7468).
public final class PublicKeyReader {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private PublicKeyReader() {}

    /// @throws IllegalArgumentException when it holds none, with a sentence that holds nothing of the content
    public static PublicKey read(FileContent file) {
        Matcher block = BLOCK.matcher(file.text());
        if (!block.find()) {
            throw new IllegalArgumentException(file.name() + " holds no PEM (expected: -----BEGIN PUBLIC KEY-----)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return switch (block.group(1)) {
                case "PUBLIC KEY" -> key(file, der);
                case "CERTIFICATE" ->
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey();
                default ->
                    throw new IllegalArgumentException(file.name() + " holds a " + block.group(1)
                            + " (expected: PUBLIC KEY or CERTIFICATE; a private key does not belong here)");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file.name() + " holds no public key that can be read", e);
        }
    }

    private static PublicKey key(FileContent file, byte[] der) throws GeneralSecurityException {
        for (String kind : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
            } catch (java.security.spec.InvalidKeySpecException e) {
                // of another kind: the next one is tried
            }
        }
        throw new IllegalArgumentException(file.name() + " holds a key that is neither RSA nor EC nor Ed25519");
    }
}
