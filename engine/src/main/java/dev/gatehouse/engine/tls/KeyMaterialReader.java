package dev.gatehouse.engine.tls;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.CertificateConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes [KeyMaterial] of what is written, or says what is wrong with it: at start, at `check` and at every reload.
public final class KeyMaterialReader {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;
    private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

    private KeyMaterialReader() {}

    /// @throws TlsRefused with the key of the certificate that is wrong: `cert`, `key`, `pkcs12`
    public static KeyMaterial read(CertificateConfig config) {
        KeyMaterial read = readPair(config);
        FileContent ocsp = config.ocsp();
        if (ocsp != null) {
            attempt("ocsp", ocsp, () -> OcspAnswer.read(ocsp.octets()).about(read.certificate()));
        }
        return read;
    }

    private static KeyMaterial readPair(CertificateConfig config) {
        FileContent ocsp = config.ocsp();
        byte[] staple = ocsp == null ? null : ocsp.octets();
        FileContent pkcs12 = config.pkcs12();
        if (pkcs12 != null) {
            return attempt("pkcs12", pkcs12, () -> fromPkcs12(pkcs12, config.password(), staple, config.fallback()));
        }
        FileContent cert = config.cert();
        FileContent key = config.key();
        if (cert == null || key == null) {
            throw new IllegalStateException("refused by CertificateConfig");
        }
        List<X509Certificate> chain = attempt("cert", cert, () -> certificates(cert.text()));
        PrivateKey own = attempt("key", key, () -> PrivateKeys.read(key.text(), config.password()));
        X509Certificate first = attempt("key", key, () -> owner(chain, own, cert.name()));
        attempt("cert", cert, () -> strong(first.getPublicKey()));
        return attempt("cert", cert, () -> material(first, chain, own, staple, config.fallback()));
    }

    /// The certificates of a PEM file, in their order.
    ///
    /// @throws IllegalArgumentException with a sentence for the user, when there is none or one that is broken
    public static List<X509Certificate> certificates(String pem) {
        List<PemBlock> blocks = PemBlock.all(pem);
        List<X509Certificate> found = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                found.add(certificate(block.content(), found.size() + 1));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    blocks.isEmpty()
                            ? "is no PEM (expected: -----BEGIN CERTIFICATE-----)"
                            : "holds no certificate but: " + blocks.getFirst().label());
        }
        return found;
    }

    private static X509Certificate certificate(byte[] content, int number) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificate " + number + " in it is broken: " + e.getMessage(), e);
        }
    }

    private static KeyMaterial fromPkcs12(
            FileContent file, @Nullable String password, byte @Nullable [] staple, boolean fallback) {
        char[] secret = password == null ? new char[0] : password.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file.octets()), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, secret) instanceof PrivateKey key) {
                    List<X509Certificate> chain = new ArrayList<>();
                    for (Certificate one : store.getCertificateChain(alias)) {
                        chain.add((X509Certificate) one);
                    }
                    X509Certificate first = owner(chain, key, file.name());
                    strong(first.getPublicKey());
                    return material(first, chain, key, staple, fallback);
                }
            }
            throw new IllegalArgumentException("holds no private key with its certificate");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    e.getCause() instanceof GeneralSecurityException
                            ? "cannot be opened with " + (password == null ? "no password" : "this password")
                            : "is no PKCS#12 file: " + e.getMessage(),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static KeyMaterial material(
            X509Certificate own,
            List<X509Certificate> all,
            PrivateKey key,
            byte @Nullable [] staple,
            boolean fallback) {
        return new KeyMaterial(inOrder(own, all), issuer(own, all), key, staple, fallback);
    }

    /// The certificate that the key belongs to: usually the first, but people put chains together in any order.
    private static X509Certificate owner(List<X509Certificate> chain, PrivateKey key, String file) {
        for (X509Certificate one : chain) {
            if (belongs(key, one.getPublicKey())) {
                return one;
            }
        }
        throw new IllegalArgumentException("does not belong to the certificate in " + file);
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PublicKey strong(PublicKey key) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new IllegalArgumentException("has an RSA key of "
                    + rsa.getModulus().bitLength() + " bits, which is too weak (expected: 2048 or more)");
        }
        if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() < LEAST_EC_BITS) {
            throw new IllegalArgumentException("has an EC key of "
                    + ec.getParams().getOrder().bitLength() + " bits, which is too weak (expected: P-256 or more)");
        }
        return key;
    }

    /// Each followed by the one that vouches for it; what leads nowhere is left out, and so is a root, which
    /// clients have or do not believe.
    private static List<X509Certificate> inOrder(X509Certificate first, List<X509Certificate> all) {
        List<X509Certificate> chain = new ArrayList<>(List.of(first));
        X509Certificate next = issuer(first, all);
        while (next != null && !chain.contains(next) && !isRoot(next)) {
            chain.add(next);
            next = issuer(next, all);
        }
        return chain;
    }

    private static @Nullable X509Certificate issuer(X509Certificate of, List<X509Certificate> all) {
        for (X509Certificate one : all) {
            if (!one.equals(of) && one.getSubjectX500Principal().equals(of.getIssuerX500Principal())) {
                return one;
            }
        }
        return null;
    }

    private static boolean isRoot(X509Certificate one) {
        return one.getSubjectX500Principal().equals(one.getIssuerX500Principal());
    }

    private interface Attempt<T> {
        T run();
    }

    /// What the attempt says, said of the file.
    private static <T> T attempt(String key, FileContent file, Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IllegalArgumentException e) {
            throw new TlsRefused(key, file.name() + " " + e.getMessage());
        }
    }
}
