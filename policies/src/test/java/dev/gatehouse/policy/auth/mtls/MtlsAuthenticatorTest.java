package dev.gatehouse.policy.auth.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.WantedCertificate;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MtlsAuthenticatorTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final Consumer ACME = new Consumer("acme", null, Set.of(), Set.of("partner"));

    private final TestContext context = new TestContext().consumer(ACME);

    @Test
    void the_common_name_is_the_user_and_the_rest_is_there_for_rules() {
        X509Certificate shown = issued(certificate("shop,O=Acme")
                .hosts("shop.example")
                .uri("spiffe://acme/shop")
                .email("ops@acme.example"));

        Identity identity = identified(asking(NameKind.CN, null, Map.of()), shown);

        assertThat(identity.subject()).isEqualTo("shop");
        assertThat(identity.consumer()).isNull();
        assertThat(identity.claim("san_uri")).isEqualTo(List.of("spiffe://acme/shop"));
        assertThat(identity.claim("san_dns")).isEqualTo(List.of("shop.example"));
        assertThat(identity.claim("san_email")).isEqualTo(List.of("ops@acme.example"));
        assertThat(identity.claim("fingerprint")).isEqualTo(fingerprint(shown));
        assertThat(identity.credential())
                .isEqualTo("sha256:" + fingerprint(shown).substring(0, 16));
    }

    @Test
    void every_kind_of_name_can_be_the_user() {
        X509Certificate shown = issued(certificate("shop,O=Acme")
                .hosts("Shop.example")
                .uri("spiffe://acme/shop")
                .email("ops@acme.example"));

        assertThat(identified(asking(NameKind.SUBJECT, null, Map.of()), shown).subject())
                .isEqualTo("CN=shop,O=Acme");
        assertThat(identified(asking(NameKind.DNS, null, Map.of()), shown).subject())
                .isEqualTo("shop.example");
        assertThat(identified(asking(NameKind.URI, null, Map.of()), shown).subject())
                .isEqualTo("spiffe://acme/shop");
        assertThat(identified(asking(NameKind.EMAIL, null, Map.of()), shown).subject())
                .isEqualTo("ops@acme.example");
        assertThat(identified(asking(NameKind.FINGERPRINT, null, Map.of()), shown)
                        .subject())
                .isEqualTo("sha256:" + fingerprint(shown));
    }

    @Test
    void a_certificate_with_two_names_where_one_says_who_it_is_is_refused() {
        X509Certificate two = issued(certificate("shop").hosts("a.example", "b.example"));
        assertThat(why(asking(NameKind.DNS, null, Map.of()), two)).contains("several names of the kind 'dns'");
        X509Certificate none = issued(certificate("shop"));
        assertThat(why(asking(NameKind.URI, null, Map.of()), none)).contains("no name of the kind 'uri'");
        X509Certificate cns = issued(certificate("shop,CN=admin"));
        assertThat(why(asking(NameKind.CN, null, Map.of()), cns)).contains("several names of the kind 'cn'");
    }

    @Test
    void whose_a_certificate_is_can_be_written_by_any_of_its_names() {
        X509Certificate shown = issued(certificate("shop,O=Acme")
                .hosts("shop.example")
                .uri("spiffe://acme/shop")
                .email("ops@acme.example"));
        for (String name : List.of(
                "CN=shop",
                "cn=shop, o=acme",
                "SHOP.example",
                "spiffe://acme/shop",
                "ops@acme.example",
                "sha256:" + fingerprint(shown).toUpperCase(java.util.Locale.ROOT))) {
            Identity identity = identified(
                    asking(NameKind.CN, null, Map.of(name, new CertificateEntryConfig("acme", List.of("ops")))), shown);
            assertThat(identity.consumer()).as(name).isSameAs(ACME);
            assertThat(identity.roles()).containsExactlyInAnyOrder("ops", "partner");
        }
    }

    @Test
    void where_certificates_are_listed_others_are_refused() {
        MtlsAuthenticator authenticator =
                asking(NameKind.CN, null, Map.of("CN=shop", CertificateEntryConfig.of("acme")));

        Authentication.Refused refused = refused(authenticator, issued(certificate("shop2")));

        assertThat(refused.failure().kind()).isEqualTo(FailureKind.FORBIDDEN);
        assertThat(refused.failure().message()).isEqualTo("Your client certificate is not known here.");
        assertThat(why(authenticator, issued(certificate("other,O=CN\\=shop")))).contains("no name");
    }

    @Test
    void a_consumer_can_be_called_like_its_certificates() {
        X509Certificate shown = issued(certificate("acme"));
        assertThat(identified(asking(NameKind.CN, NameKind.CN, Map.of()), shown).consumer())
                .isSameAs(ACME);
        X509Certificate unknown = issued(certificate("somebody"));
        assertThat(identified(asking(NameKind.CN, NameKind.CN, Map.of()), unknown)
                        .consumer())
                .isNull();
    }

    @Test
    void a_certificate_of_two_consumers_is_refused() {
        context.consumer(new Consumer("other", null, Set.of(), Set.of()));
        MtlsAuthenticator authenticator = asking(
                NameKind.CN,
                null,
                Map.of(
                        "CN=shop",
                        CertificateEntryConfig.of("acme"),
                        "shop.example",
                        CertificateEntryConfig.of("other")));
        assertThat(why(authenticator, issued(certificate("shop").hosts("shop.example"))))
                .contains("several consumers");
    }

    @Test
    void who_is_a_consumer_is_asked_each_time() {
        MtlsAuthenticator authenticator = asking(NameKind.CN, NameKind.CN, Map.of());
        X509Certificate shown = issued(certificate("new"));
        assertThat(identified(authenticator, shown).consumer()).isNull();
        context.consumer(new Consumer("new", null, Set.of(), Set.of()));
        assertThat(identified(authenticator, shown).consumer()).isNotNull();
    }

    @Test // page 6, E15
    void a_field_with_a_certificate_is_no_certificate() {
        FakeExchange exchange = new FakeExchange()
                .header("X-Forwarded-Client-Cert", "Subject=\"CN=shop\"")
                .header("Client-Cert", ":MII=:");

        assertThat(asking(NameKind.CN, null, Map.of()).authenticate(exchange)).isSameAs(Authentication.ABSENT);
    }

    @Test // page 6, E15: the rest of it is the handshake's
    void a_certificate_that_expires_on_a_long_connection_is_good_no_more() {
        MtlsAuthenticator authenticator = asking(NameKind.CN, null, Map.of());
        X509Certificate shown =
                issued(certificate("shop").valid(TestClock.START.minusSeconds(10), TestClock.START.plusSeconds(10)));
        identified(authenticator, shown);
        context.clock.advance(Duration.ofSeconds(11));
        assertThat(refused(authenticator, shown).failure().kind()).isEqualTo(FailureKind.CLIENT_CERTIFICATE_REQUIRED);
    }

    @Test
    void a_client_without_a_certificate_is_told_so() {
        Failure missing = asking(NameKind.CN, null, Map.of()).missing(new FakeExchange());
        assertThat(missing.kind()).isEqualTo(FailureKind.CLIENT_CERTIFICATE_REQUIRED);
        assertThat(missing.kind().status()).isEqualTo(403);
    }

    @Test
    void names_that_are_none_are_refused() {
        for (String name : List.of("sha256:12", "=x", "no name", "")) {
            assertThatThrownBy(() -> asking(NameKind.CN, null, Map.of(name, CertificateEntryConfig.of("acme"))))
                    .as(name)
                    .hasMessageStartingWith("certificates: ");
        }
        assertThatThrownBy(() -> new CertificateEntryConfig(null, List.of())).hasMessageContaining("says nothing");
    }

    private MtlsAuthenticator asking(
            NameKind user, @Nullable NameKind consumer, Map<String, CertificateEntryConfig> certificates) {
        return new MtlsAuthenticatorFactory().create(new MtlsConfig(user, consumer, certificates), context);
    }

    /// @param subject a common name, and what else the subject has
    private static WantedCertificate certificate(String subject) {
        return AUTHORITY.certificate(subject).forClients();
    }

    private static X509Certificate issued(WantedCertificate wanted) {
        return wanted.issue().certificate();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Identity identified(MtlsAuthenticator authenticator, X509Certificate certificate) {
        Authentication said = authenticator.authenticate(new FakeExchange().certificate(certificate));
        assertThat(said).isInstanceOf(Authentication.Identified.class);
        return ((Authentication.Identified) said).identity();
    }

    private static Authentication.Refused refused(MtlsAuthenticator authenticator, X509Certificate certificate) {
        Authentication said = authenticator.authenticate(new FakeExchange().certificate(certificate));
        assertThat(said).isInstanceOf(Authentication.Refused.class);
        return (Authentication.Refused) said;
    }

    private static String why(MtlsAuthenticator authenticator, X509Certificate certificate) {
        return String.valueOf(
                refused(authenticator, certificate).failure().details().get(Failure.CAUSE));
    }
}
