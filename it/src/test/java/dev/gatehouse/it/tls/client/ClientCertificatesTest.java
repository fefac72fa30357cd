package dev.gatehouse.it.tls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients show certificates: who is let in, and what services and the rest of the gateway are told of it.
@LeavesNothingBehind
class ClientCertificatesTest {
    private static final String OPTIONAL = "client_certificates: { mode: optional, CA, forward: true }";
    private static final String REQUIRED = "client_certificates: { CA, forward: true }";
    private static final String WITH_LIST = "client_certificates: { CA, crl: DIR/clients.crl }";
    private static final String GET = "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    @TempDir
    Path folder;

    // ── who is let in
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @CsvSource({"1.2, boringssl", "1.3, boringssl", "1.2, jdk", "1.3, jdk"})
    void where_a_certificate_is_required_who_has_one_is_served_and_nobody_else(String version, String provider) {
        System.setProperty("gatehouse.tls.provider", provider);
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, REQUIRED)) {
            String[] only = {"--tlsv" + version, "--tls-max", version};
            assertThat(door.curl("shop.example", door.client("ada"), only).succeeded().stdout())
                    .isEqualTo("hello");
            assertThat(service.awaitRequest().header("Client-Cert")).isNotNull();

            Subprocess.Finished without = door.curl("shop.example", null, only);
            assertThat(without.exitCode()).as(without.stderr()).isNotZero();
            assertThat(without.stdout()).isEmpty();
            assertThat(service.requests()).hasSize(1);
            await().untilAsserted(() -> assertThat(door.refused(HandshakeFailure.CERTIFICATE_MISSING))
                    .isEqualTo(1));
        } finally {
            System.clearProperty("gatehouse.tls.provider");
        }
    }

    @Test
    void where_it_is_optional_both_are_served_and_only_one_is_known() {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, OPTIONAL)) {
            assertThat(door.curl("shop.example", null).succeeded().stdout()).isEqualTo("hello");
            assertThat(service.awaitRequest().header("Client-Cert")).isNull();

            TestCertificate ada = door.client("ada");
            assertThat(door.curl("shop.example", ada).succeeded().stdout()).isEqualTo("hello");
            assertThat(service.awaitRequests(2).getLast().header("Client-Cert")).isEqualTo(byteSequence(ada.certificate()));
        }
    }

    /// Cases E15.
    @ParameterizedTest
    @CsvSource({
        "expired,      CERTIFICATE_EXPIRED,           optional, boringssl",
        "expired,      CERTIFICATE_EXPIRED,           required, boringssl",
        "expired,      CERTIFICATE_EXPIRED,           optional, jdk",
        "wrong_ca,     CERTIFICATE_UNKNOWN_AUTHORITY, optional, boringssl",
        "wrong_ca,     CERTIFICATE_UNKNOWN_AUTHORITY, required, boringssl",
        "wrong_ca,     CERTIFICATE_UNKNOWN_AUTHORITY, required, jdk",
        "namesake_ca,  CERTIFICATE_INVALID,           optional, boringssl",
        "for_servers,  CERTIFICATE_NOT_FOR_CLIENTS,   optional, boringssl",
        "for_servers,  CERTIFICATE_NOT_FOR_CLIENTS,   required, jdk",
        "revoked,      CERTIFICATE_REVOKED,           optional, boringssl",
        "revoked,      CERTIFICATE_REVOKED,           required, jdk",
    })
    void a_certificate_that_is_not_believed_ends_the_handshake(
            String how, HandshakeFailure why, String mode, String provider) {
        System.setProperty("gatehouse.tls.provider", provider);
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestCertificate shown =
                    switch (how) {
                        case "expired" -> door.authority.certificate("ada").forClients().expired().issue();
                        case "wrong_ca" -> TestAuthority.create("Others").certificate("ada").forClients().issue();
                        case "namesake_ca" -> TestAuthority.create("Clients").certificate("ada").forClients().issue();
                        case "for_servers" -> door.authority.certificate("ada").forServers().issue();
                        default -> door.client("ada");
                    };
            door.write("clients.crl", how.equals("revoked") ? door.authority.crlPem(shown) : door.authority.crlPem());
            door.reload("client_certificates: { mode: " + mode + ", CA, crl: DIR/clients.crl }");

            for (String version : new String[] {"1.2", "1.3"}) {
                Subprocess.Finished asked = door.curl("shop.example", shown, "--tls-max", version);
                assertThat(asked.exitCode()).as(asked.stdout() + asked.stderr()).isNotZero();
            }
            assertThat(service.requests()).isEmpty();
            await().untilAsserted(() -> assertThat(door.refused(why)).isEqualTo(2));
        } finally {
            System.clearProperty("gatehouse.tls.provider");
        }
    }

    @Test
    void openssl_is_told_why() {
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestCertificate gone = door.client("eve");
            TestCertificate old = door.authority.certificate("old").forClients().expired().issue();
            door.write("clients.crl", door.authority.crlPem(gone));
            door.reload(WITH_LIST);

            assertThat(door.openssl("shop.example", gone, "-tls1_2")).contains("alert certificate revoked");
            assertThat(door.openssl("shop.example", old, "-tls1_2")).contains("alert certificate expired");
            assertThat(door.openssl("shop.example", null, "-tls1_3")).contains("Acceptable client certificate CA names", "CN = Clients");
        }
    }

    @Test
    void a_list_that_is_swapped_holds_for_the_next_handshake_and_for_old_tickets() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestCertificate ada = door.client("ada");
            door.write("clients.crl", door.authority.crlPem());
            door.reload(WITH_LIST);
            String ticket = folder + "/ticket";
            assertThat(door.openssl("shop.example", ada, "-tls1_2", "-sess_out", ticket)).contains("New, TLSv1.2");
            assertThat(door.openssl("shop.example", ada, "-tls1_2", "-sess_in", ticket)).contains("Reused, TLSv1.2");

            door.write("clients.crl", door.authority.crlPem(ada));
            door.reload(WITH_LIST);

            assertThat(door.openssl("shop.example", ada, "-tls1_2", "-sess_in", ticket))
                    .contains("alert certificate revoked")
                    .doesNotContain("Reused");
        }
    }

    @Test
    void a_new_list_ends_the_connections_of_those_it_names_and_of_nobody_else() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestCertificate eve = door.client("eve");
            door.write("clients.crl", door.authority.crlPem());
            door.reload(WITH_LIST);
            try (RawClient ofAda = door.client("shop.example", door.client("ada"));
                    RawClient ofEve = door.client("shop.example", eve)) {
                ofAda.send(GET).readAnswer();
                ofEve.send(GET).readAnswer();

                door.write("clients.crl", door.authority.crlPem(eve));
                door.reload(WITH_LIST);

                assertThat(ofEve.readToEnd().bytes()).isEmpty();
                assertThat(ofAda.send(GET).readAnswer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void who_was_not_asked_comes_again_when_somebody_is() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, "client_certificates: { mode: none }");
                RawClient before = door.client("shop.example", null)) {
            before.send(GET).readAnswer();

            door.reload(BoundaryTest.ADMIN);

            assertThat(before.readToEnd().bytes()).isEmpty();
            assertThat(door.curl("shop.example", null).succeeded().stdout()).isEqualTo("hello");
        }
    }

    @Test
    void a_list_that_is_out_of_date_lets_nobody_in() {
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, REQUIRED)) {
            door.write(
                    "clients.crl",
                    "-----BEGIN X509 CRL-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(
                                            door.authority.crl(Instant.now().minusSeconds(1)))
                            + "\n-----END X509 CRL-----\n");
            door.reload(WITH_LIST);

            assertThat(door.curl("shop.example", door.client("ada")).exitCode()).isNotZero();
            await().untilAsserted(() -> assertThat(door.refused(HandshakeFailure.CERTIFICATE_LIST_OUTDATED))
                    .isEqualTo(1));
        }
    }

    // ── tickets
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void who_comes_back_with_a_ticket_is_still_known(String version) {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestCertificate ada = door.client("ada");
            String ticket = folder + "/ticket";
            ask(door, ada, version, "-sess_out", ticket);
            assertThat(service.awaitRequest().header("Client-Cert")).isEqualTo(byteSequence(ada.certificate()));

            // Without the certificate: it is the ticket that says who it is.
            assertThat(ask(door, null, version, "-sess_in", ticket)).contains("Reused, ");

            assertThat(service.awaitRequests(2).getLast().header("Client-Cert"))
                    .isEqualTo(byteSequence(ada.certificate()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_ticket_does_not_outlive_the_certificate(String version) {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, REQUIRED)) {
            Instant end = Instant.now().plusSeconds(4);
            TestCertificate brief = door.authority
                    .certificate("brief")
                    .forClients()
                    .valid(end.minusSeconds(60), end)
                    .issue();
            String ticket = folder + "/ticket";
            ask(door, brief, version, "-sess_out", ticket);
            service.awaitRequest();
            await().untilAsserted(() -> assertThat(Instant.now()).isAfter(end.plusSeconds(1)));

            assertThat(ask(door, null, version, "-sess_in", ticket)).contains("Reused, ");

            assertThat(service.requests()).hasSize(1);
            await().untilAsserted(() -> assertThat(door.refused(HandshakeFailure.CERTIFICATE_EXPIRED))
                    .isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_ticket_of_one_boundary_opens_no_other(String version) {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = new ClientDoor(folder, service, BoundaryTest.ADMIN)) {
            String ticket = folder + "/ticket";
            ask(door, null, version, "-sess_out", ticket);
            service.awaitRequest();

            String said = door.openssl("admin.shop.example", null, version, "-sess_in", ticket);

            assertThat(said).doesNotContain("Reused");
            await().untilAsserted(() -> assertThat(door.refused(HandshakeFailure.CERTIFICATE_MISSING))
                    .isEqualTo(1));
        }
    }

    /// One request by `openssl s_client`, which leaves when it has its answer.
    private String ask(ClientDoor door, TestCertificate own, String... arguments) {
        return door.opensslRequest("shop.example", own, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"), arguments);
    }

    // ── what services are told
    // ───────────────────────────────────────────────────────────────────────────────────────

    @Test
    void RFC_9440_a_service_is_told_the_certificate_and_who_stands_between() throws Exception {
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestAuthority issuing = door.authority.intermediate("Issuing");
            TestCertificate bob = issuing.certificate("bob").forClients().issue();
            try (RawClient client = door.client("shop.example", bob)) {
                client.send(GET).readAnswer();
            }

            RecordedRequest told = service.awaitRequest();
            assertThat(told.headers("Client-Cert")).containsExactly(byteSequence(bob.certificate()));
            assertThat(told.headers("Client-Cert-Chain")).containsExactly(byteSequence(issuing.certificate()));
        }
    }

    @Test
    void over_HTTP_2_it_is_the_same() {
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestCertificate ada = door.client("ada");

            String said = door.curl(
                            "shop.example",
                            ada,
                            "--http2",
                            "--header",
                            "client_cert: :bWFsbG9yeQ==:",
                            "--header",
                            "x-ssl-client-verify: SUCCESS",
                            "--write-out",
                            " %{http_version} %{http_code}")
                    .succeeded()
                    .stdout();

            assertThat(said).endsWith(" 2 200");
            RecordedRequest told = service.awaitRequest();
            assertThat(told.headers("Client-Cert")).containsExactly(byteSequence(ada.certificate()));
            assertThat(told.headers("client_cert")).isEmpty();
            assertThat(told.headers("X-SSL-Client-Verify")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_a_client_says_in_their_place_is_removed(boolean shows) throws Exception {
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, OPTIONAL)) {
            TestCertificate ada = door.client("ada");
            try (RawClient client = door.client("shop.example", shows ? ada : null)) {
                client.send("GET / HTTP/1.1\r\nHost: shop.example\r\nClient-Cert: :bWFsbG9yeQ==:\r\n"
                                + "client_cert: :bWFsbG9yeQ==:\r\nClient-Cert-Chain: :bWFsbG9yeQ==:\r\n"
                                + "CLIENT_CERT_CHAIN: x\r\nX-Forwarded-Client-Cert: By=x\r\nX-SSL-Client-Verify: SUCCESS\r\n"
                                + "X_SSL_Client_S_DN: CN=root\r\nSSL-Client-Cert: x\r\nX-Client-Cert: x\r\n"
                                + "Connection: Client-Cert, keep-alive\r\n\r\n")
                        .readAnswer();
            }

            RecordedRequest told = service.awaitRequest();
            assertThat(told.headerLines().stream().filter(line -> line.toLowerCase().matches(".*(client|ssl).?cert.*|.*x.ssl.*")))
                    .isEqualTo(shows ? java.util.List.of("Client-Cert: " + byteSequence(ada.certificate())) : java.util.List.of());
        }
    }

    @Test
    void nobody_is_told_where_nobody_wrote_forward() throws Exception {
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, "client_certificates: { CA }");
                var client = door.client("shop.example", door.client("ada"))) {
            client.send(GET).readAnswer();

            assertThat(service.awaitRequest().header("Client-Cert")).isNull();
        }
    }

    @Test
    void templates_know_who_the_client_is() throws Exception {
        try (var service = FakeService.start();
                var door = new ClientDoor(folder, service, OPTIONAL)) {
            try (var ada = door.client("shop.example", door.client("ada"))) {
                assertThat(ada.send("GET /who HTTP/1.1\r\nHost: shop.example\r\n\r\n").readAnswer().text())
                        .isEqualTo("CN=ada at shop.example");
            }
            try (var nobody = door.client("shop.example", null)) {
                assertThat(nobody.send("GET /who HTTP/1.1\r\nHost: shop.example\r\n\r\n").readAnswer().text())
                        .isEqualTo(" at shop.example");
            }
        }
    }

    private static String byteSequence(X509Certificate certificate) {
        try {
            return ":" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
