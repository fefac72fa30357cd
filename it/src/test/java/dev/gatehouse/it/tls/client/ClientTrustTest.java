package dev.gatehouse.it.tls.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.config.ClientCertificatesConfig.Mode;
import dev.gatehouse.engine.tls.ClientCertificateException;
import dev.gatehouse.engine.tls.ClientCertificateException.Reason;
import dev.gatehouse.engine.tls.ClientTrust;
import dev.gatehouse.engine.tls.TlsRefused;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which certificates are believed. Opens no socket: it is here because the authority of the test kit is.
class ClientTrustTest {
    private static final Instant NOW = Instant.now();

    private final TestAuthority authority = TestAuthority.create("Clients");
    private final TestCertificate ada =
            authority.certificate("ada").forClients().issue();

    // ── the path (RFC 5280 §6)
    // ─────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_certificate_of_the_authority_is_believed() throws Exception {
        assertThat(trust(authority.pem(), null).verify(ada.chain())).containsExactly(ada.certificate());
    }

    @Test
    void what_leads_to_the_authority_is_the_path_and_the_rest_of_what_was_shown_is_not() throws Exception {
        TestAuthority issuing = authority.intermediate("Issuing");
        TestCertificate bob = issuing.certificate("bob").forClients().issue();
        List<X509Certificate> shown =
                List.of(bob.certificate(), issuing.certificate(), authority.certificate(), ada.certificate());

        assertThat(trust(authority.pem(), null).verify(shown))
                .containsExactly(bob.certificate(), issuing.certificate());
        assertThat(trust(issuing.pem(), null).verify(shown)).containsExactly(bob.certificate());
    }

    @Test
    void another_authority_of_the_same_name_is_not_this_one() {
        TestCertificate mallory =
                TestAuthority.create("Clients").certificate("ada").forClients().issue();

        assertThat(refusal(trust(authority.pem(), null), mallory)).isEqualTo(Reason.INVALID);
    }

    @Test
    void of_two_authorities_of_one_name_both_are_believed() {
        TestAuthority renewed = TestAuthority.create("Clients");
        ClientTrust trust = trust(authority.pem() + renewed.pem(), null);

        assertThatCode(() -> trust.verify(ada.chain())).doesNotThrowAnyException();
        assertThatCode(() -> trust.verify(
                        renewed.certificate("eve").forClients().issue().chain()))
                .doesNotThrowAnyException();
    }

    @Test
    void an_authority_nobody_wrote_down_is_unknown() {
        TestCertificate mallory =
                TestAuthority.create("Others").certificate("ada").forClients().issue();

        assertThat(refusal(trust(authority.pem(), null), mallory)).isEqualTo(Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void a_missing_link_is_an_unknown_authority() {
        TestCertificate bob = authority
                .intermediate("Issuing")
                .certificate("bob")
                .forClients()
                .issue();

        assertThat(refusal(trust(authority.pem(), null), List.of(bob.certificate())))
                .isEqualTo(Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void a_client_is_no_authority() {
        assertThatThrownBy(() -> trust(ada.pem(), null))
                .isInstanceOf(TlsRefused.class)
                .hasMessageContaining("ca: ca.crt: 'CN=ada' is no authority");
    }

    @Test
    void certificates_out_of_their_time_are_refused() {
        ClientTrust trust = trust(authority.pem(), null);
        TestCertificate young = authority
                .certificate("young")
                .forClients()
                .valid(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(2)))
                .issue();

        assertThat(refusal(
                        trust,
                        authority.certificate("old").forClients().expired().issue()))
                .isEqualTo(Reason.EXPIRED);
        assertThat(refusal(trust, young)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void an_authority_that_has_expired_vouches_for_nobody() {
        TestCertificate long_lived = authority
                .certificate("ada")
                .forClients()
                .valid(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(20_000)))
                .issue();
        InstantSource later = InstantSource.fixed(NOW.plus(Duration.ofDays(10_000)));
        ClientTrust trust = ClientTrust.of(config(authority.pem(), null, 3), later);

        assertThat(refusal(trust, long_lived)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void a_certificate_of_a_server_is_none_of_a_client() {
        ClientTrust trust = trust(authority.pem(), null);

        assertThat(refusal(trust, authority.certificate("shop").forServers().issue()))
                .isEqualTo(Reason.NOT_FOR_CLIENTS);
        // An authority's own has no extended key usage at all.
        assertThat(refusal(trust, List.of(authority.intermediate("Issuing").certificate())))
                .isEqualTo(Reason.NOT_FOR_CLIENTS);
    }

    @Test
    void a_chain_may_be_as_long_as_it_is_allowed() {
        TestAuthority first = authority.intermediate("First");
        TestAuthority second = first.intermediate("Second");
        TestCertificate bob = second.certificate("bob").forClients().issue();
        List<X509Certificate> shown = List.of(bob.certificate(), second.certificate(), first.certificate());

        assertThatCode(() -> ClientTrust.of(config(authority.pem(), null, 2), InstantSource.fixed(NOW))
                        .verify(shown))
                .doesNotThrowAnyException();
        assertThat(refusal(ClientTrust.of(config(authority.pem(), null, 1), InstantSource.fixed(NOW)), shown))
                .isEqualTo(Reason.CHAIN_TOO_LONG);
    }

    @Test
    void nothing_is_no_certificate() {
        assertThat(refusal(trust(authority.pem(), null), List.of())).isEqualTo(Reason.MISSING);
    }

    // ── lists of revoked certificates (RFC 5280 §5)
    // ─────────────────────────────────────────────────────────────────────

    @Test
    void who_is_in_the_list_is_revoked() {
        TestCertificate eve = authority.certificate("eve").forClients().issue();
        ClientTrust trust = trust(authority.pem(), authority.crl(eve));

        assertThat(refusal(trust, eve)).isEqualTo(Reason.REVOKED);
        assertThatCode(() -> trust.verify(ada.chain())).doesNotThrowAnyException();
    }

    @Test
    void a_list_in_PEM_is_understood_too() {
        TestCertificate eve = authority.certificate("eve").forClients().issue();

        assertThat(refusal(trust(authority.pem(), authority.crlPem(eve).getBytes(US_ASCII)), eve))
                .isEqualTo(Reason.REVOKED);
    }

    @Test
    void an_authority_without_a_list_is_not_believed() {
        TestAuthority other = TestAuthority.create("Others");
        ClientTrust trust = trust(authority.pem() + other.pem(), authority.crl());

        assertThatCode(() -> trust.verify(ada.chain())).doesNotThrowAnyException();
        assertThat(refusal(trust, other.certificate("bob").forClients().issue()))
                .isEqualTo(Reason.NO_LIST);
    }

    @Test
    void an_authority_between_needs_a_list_too() {
        TestAuthority issuing = authority.intermediate("Issuing");
        TestCertificate bob = issuing.certificate("bob").forClients().issue();

        assertThat(refusal(trust(authority.pem(), authority.crl()), bob)).isEqualTo(Reason.NO_LIST);
        assertThatCode(() -> trust(authority.pem(), join(authority.crlPem(), issuing.crlPem()))
                        .verify(bob.chain()))
                .doesNotThrowAnyException();
        assertThat(refusal(trust(authority.pem(), join(authority.crlPem(), issuing.crlPem(bob))), bob))
                .isEqualTo(Reason.REVOKED);
    }

    @Test
    void an_authority_that_was_revoked_vouches_for_nobody() {
        TestAuthority issuing = authority.intermediate("Issuing");
        TestCertificate bob = issuing.certificate("bob").forClients().issue();
        TestCertificate gone = new TestCertificate(List.of(issuing.certificate()), bob.key());

        assertThat(refusal(trust(authority.pem(), join(authority.crlPem(gone), issuing.crlPem())), bob))
                .isEqualTo(Reason.REVOKED);
    }

    @Test
    void a_list_that_is_out_of_date_is_no_list_but_whom_it_names_stays_revoked() {
        TestCertificate eve = authority.certificate("eve").forClients().issue();
        ClientTrust trust = trust(authority.pem(), authority.crl(NOW.minusSeconds(1), eve));

        assertThat(refusal(trust, ada)).isEqualTo(Reason.LIST_OUTDATED);
        assertThat(refusal(trust, eve)).isEqualTo(Reason.REVOKED);
    }

    @Test
    void of_several_lists_of_an_authority_one_that_holds_is_enough() {
        byte[] old = authority.crl(NOW.minusSeconds(1));
        byte[] current = authority.crl();

        assertThatCode(() -> trust(authority.pem(), join(old, current)).verify(ada.chain()))
                .doesNotThrowAnyException();
    }

    @Test
    void a_list_somebody_else_has_signed_refuses_the_configuration() {
        TestAuthority impostor = TestAuthority.create("Clients");

        assertThatThrownBy(() -> trust(authority.pem(), impostor.crl()))
                .isInstanceOf(TlsRefused.class)
                .hasMessageContaining("crl: clients.crl: the list of 'CN=Clients' is not signed by it");
    }

    @Test
    void files_that_are_something_else_refuse_the_configuration() {
        assertThatThrownBy(() -> trust(authority.pem(), "nothing".getBytes(US_ASCII)))
                .isInstanceOf(TlsRefused.class)
                .hasMessageStartingWith("crl: ");
        assertThatThrownBy(() -> trust("nothing", null))
                .isInstanceOf(TlsRefused.class)
                .hasMessageStartingWith("ca: ");
        assertThatThrownBy(() -> trust(authority.pem(), authority.pem().getBytes(US_ASCII)))
                .isInstanceOf(TlsRefused.class)
                .hasMessageStartingWith("crl: ");
    }

    private static ClientTrust trust(String ca, byte @Nullable [] crl) {
        return ClientTrust.of(config(ca, crl, 3), InstantSource.fixed(NOW));
    }

    private static ClientCertificatesConfig config(String ca, byte @Nullable [] crl, int maxDepth) {
        return new ClientCertificatesConfig(
                Mode.REQUIRED,
                new FileContent("ca.crt", ca.getBytes(US_ASCII)),
                crl == null ? null : new FileContent("clients.crl", crl),
                maxDepth,
                false);
    }

    private static Reason refusal(ClientTrust trust, TestCertificate shown) {
        return refusal(trust, shown.chain());
    }

    private static Reason refusal(ClientTrust trust, List<X509Certificate> shown) {
        ClientCertificateException refused =
                catchThrowableOfType(ClientCertificateException.class, () -> trust.verify(shown));
        assertThat(refused).as("refusal").isNotNull();
        return refused.reason();
    }

    private static byte[] join(String one, String other) {
        return (one + other).getBytes(US_ASCII);
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}
