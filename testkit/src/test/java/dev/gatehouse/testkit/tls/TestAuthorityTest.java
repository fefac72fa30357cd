package dev.gatehouse.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestAuthorityTest {
    private final TestAuthority authority = TestAuthority.create();

    @Test
    void issues_certificates_that_lead_to_it() {
        TestCertificate shop = authority
                .intermediate("Shops")
                .certificate("shop")
                .hosts("shop.example", "*.shop.example", "127.0.0.1", "::1")
                .rsa()
                .issue();

        assertThat(shop.chain()).hasSize(2);
        assertThatCode(() -> verify(authority, shop)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(TestAuthority.create(), shop)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void writes_hosts_and_addresses_into_the_certificate() throws Exception {
        X509Certificate shop = authority
                .certificate("shop")
                .hosts("*.shop.example", "127.0.0.1")
                .email("ada@shop.example")
                .uri("spiffe://shop.example/ada")
                .issue()
                .certificate();

        assertThat(shop.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "*.shop.example"),
                        List.of(7, "127.0.0.1"),
                        List.of(1, "ada@shop.example"),
                        List.of(6, "spiffe://shop.example/ada"));
        assertThat(shop.getSubjectX500Principal().getName()).isEqualTo("CN=shop");
    }

    @Test
    void makes_certificates_that_are_over() {
        X509Certificate old = authority.certificate("old").expired().issue().certificate();

        assertThatThrownBy(old::checkValidity).isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void lists_whom_it_has_revoked() throws Exception {
        TestCertificate bad = authority.certificate("bad").forClients().issue();
        TestCertificate good = authority.certificate("good").forClients().issue();

        X509CRL list = (X509CRL)
                CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(authority.crl(bad)));

        list.verify(authority.certificate().getPublicKey());
        assertThat(list.isRevoked(bad.certificate())).isTrue();
        assertThat(list.isRevoked(good.certificate())).isFalse();
    }

    @Test
    void says_over_ocsp_who_is_good() throws Exception {
        TestCertificate shop =
                authority.certificate("shop").hosts("shop.example").issue();
        OcspAnswers answers = new OcspAnswers(authority);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

        assertThatCode(() -> verify(authority, shop, answers.good(shop.certificate(), tomorrow)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(authority, shop, answers.revoked(shop.certificate(), tomorrow)))
                .hasMessageContaining("revoked");
    }

    @Test
    void packs_key_and_certificate_into_pkcs12() throws Exception {
        TestCertificate shop =
                authority.certificate("shop").hosts("shop.example").issue();

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(shop.pkcs12("secret")), "secret".toCharArray());

        assertThat(store.getKey("test", "secret".toCharArray())).isEqualTo(shop.key());
    }

    private static void verify(TestAuthority authority, TestCertificate certificate, byte... ocsp) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        parameters.setRevocationEnabled(ocsp.length > 0);
        if (ocsp.length > 0) {
            var revocation = (java.security.cert.PKIXRevocationChecker) validator.getRevocationChecker();
            revocation.setOcspResponses(java.util.Map.of(certificate.certificate(), ocsp));
            revocation.setOptions(Set.of(java.security.cert.PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(revocation);
        }
        validator.validate(CertificateFactory.getInstance("X.509").generateCertPath(certificate.chain()), parameters);
    }
}
