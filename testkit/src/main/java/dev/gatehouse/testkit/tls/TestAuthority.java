package dev.gatehouse.testkit.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/// A certificate authority that tests trust.
///
/// ```java
/// TestAuthority authority = TestAuthority.create();
/// TestCertificate shop = authority.certificate("shop").hosts("shop.example", "127.0.0.1").issue();
/// TestCertificate ada = authority.certificate("ada").forClients().issue();
/// byte[] crl = authority.crl(ada);
/// ```
public final class TestAuthority {
    private static final SecureRandom SERIALS = new SecureRandom();

    private final PrivateKey key;

    /// Its own certificate, then those that lead to the root; the root last.
    private final List<X509Certificate> chain;

    private TestAuthority(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    public static TestAuthority create() {
        return create("Gatehouse Test CA");
    }

    /// A root. Two of the same name have keys of their own.
    public static TestAuthority create(String name) {
        KeyPair keys = TestKeys.of(0);
        TestAuthority none = new TestAuthority(keys.getPrivate(), List.of());
        Instant now = Instant.now();
        WantedCertificate wanted = new WantedCertificate(none, name)
                .authority()
                .valid(now.minus(Duration.ofDays(40)), now.plus(Duration.ofDays(7300)));
        X509Certificate root =
                none.certificate(wanted, keys.getPublic(), new X500Principal("CN=" + name), keys.getPublic());
        return new TestAuthority(keys.getPrivate(), List.of(root));
    }

    /// An authority that this one vouches for.
    public TestAuthority intermediate(String name) {
        TestCertificate own = certificate(name).authority().issue();
        List<X509Certificate> up = new ArrayList<>(own.chain());
        up.add(chain.getLast());
        return new TestAuthority(own.key(), List.copyOf(up));
    }

    public WantedCertificate certificate(String subject) {
        return new WantedCertificate(this, subject);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Its own certificate as PEM: what a client is told to trust.
    public String pem() {
        return TestCertificate.pem(certificate());
    }

    /// For a client of the JDK that trusts it, and nobody else.
    public SSLContext clientContext() {
        return Contexts.of(null, certificate());
    }

    /// For a client of the JDK that trusts it and shows a certificate of its own.
    public SSLContext clientContext(TestCertificate own) {
        return Contexts.of(own, certificate());
    }

    PrivateKey key() {
        return key;
    }

    // ── who is revoked
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    /// Its list of revoked certificates (RFC 5280 §5), good for a week, as DER.
    public byte[] crl(TestCertificate... revoked) {
        return crl(Instant.now().plus(Duration.ofDays(7)), revoked);
    }

    /// @param nextUpdate when the list ends to be good
    public byte[] crl(Instant nextUpdate, TestCertificate... revoked) {
        Instant issued = Instant.now().minus(Duration.ofDays(1));
        if (!nextUpdate.isAfter(issued)) {
            issued = nextUpdate.minus(Duration.ofDays(1));
        }
        Instant since = issued;
        byte[][] entries = Arrays.stream(revoked)
                .map(one -> Der.sequence(Der.integer(one.certificate().getSerialNumber()), Der.time(since)))
                .toArray(byte[][]::new);
        byte[] list = entries.length == 0 ? new byte[0] : Der.sequence(entries);
        byte[] content = Der.sequence(
                Der.integer(BigInteger.ONE),
                TestKeys.algorithm(key),
                certificate().getSubjectX500Principal().getEncoded(),
                Der.time(issued),
                Der.time(nextUpdate),
                list);
        return TestKeys.signed(content, key);
    }

    public String crlPem(TestCertificate... revoked) {
        return TestCertificate.pem("X509 CRL", crl(revoked));
    }

    // ── signing
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    TestCertificate sign(WantedCertificate wanted, KeyPair keys) {
        X509Certificate own = certificate(
                wanted,
                keys.getPublic(),
                certificate().getSubjectX500Principal(),
                certificate().getPublicKey());
        List<X509Certificate> all = new ArrayList<>(List.of(own));
        all.addAll(chain.subList(0, chain.size() - 1));
        return new TestCertificate(all, keys.getPrivate());
    }

    private X509Certificate certificate(
            WantedCertificate wanted, PublicKey own, X500Principal issuer, PublicKey issuerKey) {
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, SERIALS).setBit(119)),
                TestKeys.algorithm(key),
                issuer.getEncoded(),
                wanted.validity(),
                new X500Principal("CN=" + wanted.subject()).getEncoded(),
                own.getEncoded(),
                Der.explicit(3, wanted.extensions(own, issuerKey)));
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(TestKeys.signed(content, key)));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
