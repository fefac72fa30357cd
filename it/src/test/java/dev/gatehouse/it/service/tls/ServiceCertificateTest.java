package dev.gatehouse.it.service.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.ServiceTlsConfig;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification.Level;
import dev.gatehouse.engine.config.TlsVersion;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Case I5: which certificates of services are believed. One that is not is never used, and nothing is sent.
@LeavesNothingBehind
class ServiceCertificateTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final TestAuthority AUTHORITY = TestAuthority.create("Services CA");

    @Test
    void a_service_whose_certificate_is_in_order_is_used() {
        try (var service = service(issue("127.0.0.1"));
                var gateway = TestGateway.to(service).serviceTls(AUTHORITY).start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(200);
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(200);
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void a_certificate_that_ended_is_refused() {
        refused(
                AUTHORITY.certificate("late").hosts("127.0.0.1").expired().issue(),
                believing(Level.FULL, null),
                "its certificate has expired: it was valid until ");
    }

    @Test
    void a_certificate_for_another_host_is_refused() {
        refused(
                issue("orders.internal", "10.9.8.7"),
                believing(Level.FULL, null),
                "its certificate does not match '127.0.0.1': it has orders.internal, 10.9.8.7");
    }

    @Test
    void a_certificate_of_a_stranger_is_refused() {
        refused(
                TestAuthority.create("Another CA")
                        .certificate("orders")
                        .hosts("127.0.0.1")
                        .issue(),
                believing(Level.FULL, null),
                "its certificate is from an unknown authority: CN=Another CA");
    }

    @Test
    void the_authorities_of_the_system_do_not_know_a_service_of_the_house() {
        refused(
                issue("127.0.0.1"),
                ServiceTlsConfig.DEFAULT,
                "its certificate is from an unknown authority: CN=Services CA");
    }

    @Test
    void without_a_name_to_match_the_chain_still_counts() {
        served(issue("orders.internal"), believing(Level.CHAIN, null));
        refused(
                TestAuthority.create("Another CA")
                        .certificate("orders")
                        .hosts("127.0.0.1")
                        .issue(),
                believing(Level.CHAIN, null),
                "its certificate is from an unknown authority: CN=Another CA");
        refused(
                AUTHORITY.certificate("late").hosts("127.0.0.1").expired().issue(),
                believing(Level.CHAIN, null),
                "its certificate has expired");
    }

    @Test
    void whoever_wants_it_believes_anybody() {
        served(
                AUTHORITY.certificate("late").hosts("orders.internal").expired().issue(),
                new ServiceTlsConfig(
                        new Verification(Level.NONE), null, null, null, TlsVersion.TLS_1_2, TlsVersion.TLS_1_3));
    }

    @Test
    void the_name_of_the_configuration_is_matched_instead_of_the_address() {
        served(issue("orders.internal"), believing(Level.FULL, "orders.internal"));
        served(issue("*.internal"), believing(Level.FULL, "orders.internal"));
        refused(
                issue("127.0.0.1"),
                believing(Level.FULL, "orders.internal"),
                "its certificate does not match 'orders.internal': it has 127.0.0.1");
    }

    @Test
    void a_service_without_tls_is_no_https() {
        refusedBy(
                FakeService.script(s ->
                        s.awaitBytes(5).send("HTTP/1.1 400 Bad Request\r\n\r\n").close()),
                believing(Level.FULL, null),
                "it does not speak TLS on this port");
    }

    // ── the words of these tests
    // ─────────────────────────────────────────────────────────────────────────────────────

    private static TestCertificate issue(String... hosts) {
        return AUTHORITY.certificate("service").hosts(hosts).issue();
    }

    private static ServiceTlsConfig believing(Level level, @Nullable String serverName) {
        return new ServiceTlsConfig(
                new Verification(level),
                FileContent.inline(AUTHORITY.pem()),
                serverName,
                null,
                TlsVersion.TLS_1_2,
                TlsVersion.TLS_1_3);
    }

    private static FakeService service(TestCertificate certificate) {
        return FakeService.with().tls(certificate.serverContext()).start();
    }

    private static void served(TestCertificate certificate, ServiceTlsConfig tls) {
        try (var service = service(certificate);
                var gateway = TestGateway.toUrls("https://127.0.0.1:" + service.port())
                        .serviceTls(tls)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(200);
        }
    }

    private static void refused(TestCertificate certificate, ServiceTlsConfig tls, String cause) {
        refusedBy(service(certificate), tls, cause);
    }

    private static void refusedBy(FakeService made, ServiceTlsConfig tls, String cause) {
        CleanEnd.expectLog(cause);
        try (var service = made;
                var gateway = TestGateway.toUrls("https://127.0.0.1:" + service.port())
                        .serviceTls(tls)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            RawAnswer answer = client.send(GET).readAnswer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("SERVICE_TLS_FAILED");
            assertThat(answer.text()).contains("test-service could not be reached safely.");
            // The listener is for this machine only: its error bodies are full.
            assertThat(answer.text()).contains(cause);
            service.assertNoCompleteRequest();
        }
    }
}
