package dev.gatehouse.acme;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// A certificate and its key as one file of PEM: the chain first, the key (PKCS#8) behind it. One file, because a
/// rename then changes both at once; the key last, because a file that was cut off then has none.
final class CertificateFile {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String KEY_END = "-----END PRIVATE KEY-----\n";
    private static final String CERTIFICATE_BEGIN = "-----BEGIN CERTIFICATE-----\n";
    private static final String CERTIFICATE_END = "-----END CERTIFICATE-----\n";

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
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        try {
            for (X509Certificate one : certificate.chain()) {
                pem.writeBytes(block(CERTIFICATE_BEGIN, one.getEncoded(), CERTIFICATE_END));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate that cannot be written", e);
        }
        pem.writeBytes(block(KEY_BEGIN, certificate.key().getEncoded(), KEY_END));
        return pem.toByteArray();
    }

    private static byte[] block(String begin, byte[] content, String end) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return (begin + base64 + "\n" + end).getBytes(StandardCharsets.US_ASCII);
    }

    /// @param wanted what the certificate has to be for
    static IssuedCertificate read(byte[] pem, AcmeConfig wanted) throws Unusable {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int key = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (key < 0 || end < key) {
            throw new Unusable("it has been cut off: its key is not there");
        }
        try {
            List<X509Certificate> chain = chain(text.substring(0, key));
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(key + KEY_BEGIN.length(), end));
            String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
            PrivateKey secret = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            IssuedCertificate certificate = new IssuedCertificate(secret, chain);
            refuseStrange(certificate, wanted);
            return certificate;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Unusable("it is damaged");
        }
    }

    private static List<X509Certificate> chain(String text) throws GeneralSecurityException, Unusable {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (var one : factory.generateCertificates(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))) {
            chain.add((X509Certificate) one);
        }
        if (chain.isEmpty()) {
            throw new Unusable("there is no certificate in it");
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
        String algorithm =
                certificate.key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
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
