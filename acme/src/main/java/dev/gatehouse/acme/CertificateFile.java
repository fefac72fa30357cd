package dev.gatehouse.acme;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// A certificate and its key as one file of PEM: the chain first, the key (PKCS#8) behind it. One file, because a
/// rename then changes both at once; the key last, because a file that was cut off then has none.
final class CertificateFile {
    /// Type of a name of DNS among the names of a certificate (RFC 5280 §4.2.1.6).
    private static final int DNS_NAME = 2;

    private CertificateFile() {}

    /// Why what stands in a file is not used; a sentence for the operator, without a full stop.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }
    }

    static byte[] write(IssuedCertificate certificate) {
        StringBuilder pem = new StringBuilder();
        try {
            for (X509Certificate one : certificate.chain()) {
                pem.append(Pem.block(Pem.CERTIFICATE, one.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate that cannot be written", e);
        }
        return pem.append(Pem.block(Pem.PRIVATE_KEY, certificate.key().getEncoded()))
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// @param wanted what the certificate has to be for
    static IssuedCertificate read(byte[] pem, AcmeConfig wanted) throws Unusable {
        try {
            List<byte[]> keys = Pem.blocks(pem, Pem.PRIVATE_KEY);
            List<byte[]> certificates = Pem.blocks(pem, Pem.CERTIFICATE);
            if (keys.size() != 1 || certificates.isEmpty()) {
                throw new Unusable("it has been cut off, or is no certificate with its key");
            }
            List<X509Certificate> chain = chain(certificates);
            PrivateKey key = KeyFactory.getInstance(
                            chain.getFirst().getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
            IssuedCertificate certificate = new IssuedCertificate(key, chain);
            refuseStrange(certificate, wanted);
            return certificate;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Unusable("it is damaged");
        }
    }

    private static List<X509Certificate> chain(List<byte[]> certificates) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] one : certificates) {
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
        }
        return chain;
    }

    private static void refuseStrange(IssuedCertificate certificate, AcmeConfig wanted)
            throws GeneralSecurityException, Unusable {
        Set<String> hosts = hosts(certificate.certificate());
        if (!hosts.equals(new TreeSet<>(wanted.hosts()))) {
            throw new Unusable("it is for " + String.join(", ", hosts));
        }
        String algorithm = certificate.certificate().getPublicKey().getAlgorithm();
        if (!algorithm.equals(algorithm(wanted.key()))) {
            throw new Unusable("its key is of another kind, " + algorithm);
        }
        if (!belong(certificate)) {
            throw new Unusable("its key belongs to another certificate");
        }
    }

    private static Set<String> hosts(X509Certificate certificate) throws GeneralSecurityException {
        Set<String> hosts = new TreeSet<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0).equals(DNS_NAME)) {
                    hosts.add(((String) name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        }
        return hosts;
    }

    private static String algorithm(AcmeConfig.KeyType key) {
        return switch (key) {
            case ECDSA -> "EC";
            case RSA -> "RSA";
        };
    }

    /// What the key signs, the certificate has to verify.
    private static boolean belong(IssuedCertificate certificate) throws GeneralSecurityException {
        String algorithm = certificate.key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] text = "gatehouse".getBytes(StandardCharsets.US_ASCII);
        Signature sign = Signature.getInstance(algorithm);
        sign.initSign(certificate.key());
        sign.update(text);
        byte[] signed = sign.sign();
        Signature verify = Signature.getInstance(algorithm);
        verify.initVerify(certificate.certificate());
        verify.update(text);
        return verify.verify(signed);
    }
}
