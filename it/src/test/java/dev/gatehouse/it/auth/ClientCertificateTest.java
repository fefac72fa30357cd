package dev.gatehouse.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.tls.HttpsGateway;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import dev.gatehouse.testkit.tls.WantedCertificate;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who calls, by the certificate of a real handshake: from its names to consumer, roles and what services are told.
@LeavesNothingBehind
class ClientCertificateTest {
    private static final String REST = """
            errors: { expose: safe }
            plans: { free: { rate_limit: 1000/min } }
            consumers: { acme: { plan: free }, globex: { plan: free } }
            security:
              identity_headers: { claims: { X-Certificate: fingerprint } }
              authentication:
                machine:
                  type: mtls
                  certificates:
                    CN=shop: acme
                    billing.shop.example: { consumer: globex, roles: [ billing ] }
                    spiffe://shop/reports: { roles: [ reader ] }
                    FINGERPRINT: { roles: [ pinned ] }
                anyone: { type: mtls }
            services: { ledger: { instances: [ "SERVICE" ] } }
            routes:
              - { path: /ledger/**, service: ledger, auth: machine }
              - { path: /billing/**, service: ledger, auth: machine, require: "role:billing" }
              - { path: /reports/**, service: ledger, auth: anyone, require: "'spiffe://shop/reports' in jwt.san_uri" }
              - { path: /open/**, service: ledger, auth: [ machine, none ] }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Version.class)
    void names_of_the_certificate_say_whose_it_is(Version version) throws Exception {
        TestAuthority others = TestAuthority.create("Others");
        TestCertificate pinned = others.certificate("pinned").forClients().issue();
        try (var service = FakeService.start();
                var gateway = gateway(service, fingerprint(pinned))) {
            RecordedRequest shop = served(
                    gateway, service, version, "/ledger/1", gateway.authority().certificate("shop"));
            assertThat(shop.headers("X-User-Id")).containsExactly("shop");
            assertThat(shop.headers("X-Consumer")).containsExactly("acme");
            assertThat(shop.headers("X-User-Roles")).isEmpty();
            assertThat(shop.header("X-Certificate")).matches("[0-9a-f]{64}");
            assertThat(shop.headers("Client-Cert")).isEmpty();

            RecordedRequest billing = served(
                    gateway,
                    service,
                    version,
                    "/billing/1",
                    gateway.authority().certificate("b7").hosts("billing.shop.example"));
            assertThat(billing.headers("X-Consumer")).containsExactly("globex");
            assertThat(billing.headers("X-User-Roles")).containsExactly("billing");

            RecordedRequest reports = served(
                    gateway,
                    service,
                    version,
                    "/reports/1",
                    gateway.authority().certificate("r1").uri("spiffe://shop/reports"));
            assertThat(reports.headers("X-User-Id")).containsExactly("r1");
            assertThat(reports.headers("X-Consumer")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void one_certificate_alone_is_named_by_its_fingerprint(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service, "sha256:" + "0".repeat(64))) {
            TestCertificate pinned =
                    gateway.authority().certificate("robot").forClients().issue();
            TestCertificate namesake =
                    gateway.authority().certificate("robot").forClients().issue();
            gateway.gateway().reload(gateway.file(rest(service, fingerprint(pinned))));

            try (var client = gateway.client(version, pinned)) {
                assertThat(gateway.ask(client, "GET", "/ledger/1").statusCode()).isEqualTo(200);
                assertThat(service.awaitRequest().headers("X-User-Roles")).containsExactly("pinned");
            }
            try (var client = gateway.client(version, namesake)) {
                assertThat(gateway.ask(client, "GET", "/ledger/1").statusCode()).isEqualTo(403);
            }
            assertThat(service.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void without_a_certificate_one_is_asked_for_and_one_that_is_not_meant_is_refused(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service, "sha256:" + "0".repeat(64));
                var nobody = gateway.client(version);
                var stranger = gateway.client(
                        version,
                        gateway.authority().certificate("stranger").forClients().issue())) {
            HttpResponse<String> without = gateway.ask(nobody, "GET", "/ledger/1");
            assertThat(without.version()).isEqualTo(version);
            assertThat(without.statusCode()).isEqualTo(403);
            assertThat(without.body()).contains("\"code\":\"CLIENT_CERTIFICATE_REQUIRED\"");
            assertThat(without.headers().allValues("WWW-Authenticate")).isEmpty();

            HttpResponse<String> unknown = gateway.ask(stranger, "GET", "/ledger/1");
            assertThat(unknown.statusCode()).isEqualTo(403);
            assertThat(unknown.body())
                    .contains("\"code\":\"FORBIDDEN\"", "Your client certificate is not known here.")
                    .doesNotContain("certificates'");
            assertThat(gateway.ask(stranger, "GET", "/reports/1").statusCode())
                    .as("known, but not as a reader")
                    .isEqualTo(403);
            service.assertNothingReceived();

            assertThat(gateway.ask(nobody, "GET", "/open/1").statusCode()).isEqualTo(200);
            assertThat(gateway.ask(stranger, "GET", "/open/1").statusCode())
                    .as("none is for those who show nothing")
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_certificate_in_a_field_makes_nobody(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service, "sha256:" + "0".repeat(64));
                var nobody = gateway.client(version)) {
            String der = Base64.getEncoder()
                    .encodeToString(gateway.authority()
                            .certificate("shop")
                            .forClients()
                            .issue()
                            .certificate()
                            .getEncoded());
            String[] forged = {
                "Client-Cert", ":" + der + ":",
                "Client_Cert", ":" + der + ":",
                "X-Forwarded-Client-Cert", "Subject=\"CN=shop\";Hash=00",
                "X-SSL-Client-S-DN", "CN=shop",
                "X-SSL-Client-Verify", "SUCCESS",
                "X-Amzn-Mtls-Clientcert-Subject", "CN=shop",
                "X-Certificate", "00",
                "X-Consumer", "acme"
            };
            assertThat(gateway.ask(nobody, "GET", "/ledger/1", forged).statusCode())
                    .isEqualTo(403);
            service.assertNothingReceived();

            assertThat(gateway.ask(nobody, "GET", "/open/1", forged).statusCode())
                    .isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            for (int i = 0; i < forged.length; i += 2) {
                assertThat(sent.headers(forged[i])).as(forged[i]).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_session_that_is_resumed_is_the_same_caller(String version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service, "sha256:" + "0".repeat(64))) {
            gateway.authority().certificate("shop").forClients().issue().writeTo(folder, "own");
            String first = openssl(
                    gateway, version, "-cert", file("own.crt"), "-key", file("own.key"), "-sess_out", file("ticket"));
            assertThat(first).contains("New, TLSv1.", "200 OK");

            // It shows no certificate: the ticket says who it is.
            String again = openssl(gateway, version, "-sess_in", file("ticket"));
            assertThat(again).contains("Reused, TLSv1.", "200 OK");
            for (RecordedRequest sent : service.awaitRequests(2)) {
                assertThat(sent.headers("X-Consumer")).containsExactly("acme");
            }
            assertThat(openssl(gateway, version)).contains("New, TLSv1.", "CLIENT_CERTIFICATE_REQUIRED");
        }
    }

    @Test
    void a_certificate_that_runs_out_on_an_open_connection_is_good_no_more() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service, "sha256:" + "0".repeat(64))) {
            Instant end = Instant.now().plusSeconds(2);
            TestCertificate brief = gateway.authority()
                    .certificate("shop")
                    .forClients()
                    .valid(end.minusSeconds(60), end)
                    .issue();
            try (var client = gateway.client(Version.HTTP_2, brief)) {
                assertThat(gateway.ask(client, "GET", "/ledger/1").statusCode()).isEqualTo(200);
                Thread.sleep(Duration.between(Instant.now(), end.plusMillis(1100)));

                HttpResponse<String> late = gateway.ask(client, "GET", "/ledger/1");

                assertThat(late.statusCode()).isEqualTo(403);
                assertThat(late.body()).contains("CLIENT_CERTIFICATE_REQUIRED", "expired");
                assertThat(service.requests()).hasSize(1);
            }
        }
    }

    @Test
    void a_certificate_of_two_consumers_is_nobodys() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service, "sha256:" + "0".repeat(64));
                var client = gateway.client(
                        Version.HTTP_2,
                        gateway.authority()
                                .certificate("shop")
                                .hosts("billing.shop.example")
                                .forClients()
                                .issue())) {
            HttpResponse<String> answer = gateway.ask(client, "GET", "/ledger/1");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("acme", "globex");
            service.assertNothingReceived();
        }
    }

    // ── as it is written here

    private HttpsGateway gateway(FakeService service, String fingerprint) {
        return HttpsGateway.from(folder, rest(service, fingerprint));
    }

    private static String rest(FakeService service, String fingerprint) {
        return REST.replace("FINGERPRINT", "\"" + fingerprint + "\"").replace("SERVICE", service.address());
    }

    private static String fingerprint(TestCertificate certificate) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(certificate.certificate().getEncoded());
        return "sha256:" + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    private static RecordedRequest served(
            HttpsGateway gateway, FakeService service, Version version, String path, WantedCertificate own)
            throws Exception {
        try (var client = gateway.client(version, own.forClients().issue())) {
            HttpResponse<String> answer = gateway.ask(client, "GET", path);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
        }
        return service.requests().stream()
                .filter(sent -> sent.target().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String openssl(HttpsGateway gateway, String... arguments) throws Exception {
        Files.writeString(
                folder.resolve("request"), "GET /ledger/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "exec \"$@\" < '" + file("request") + "'", "sh", "openssl", "s_client"));
        command.addAll(List.of("-ign_eof", "-connect", "127.0.0.1:" + gateway.port(), "-servername", "localhost"));
        command.addAll(List.of("-CAfile", file("ca.crt")));
        command.addAll(List.of(arguments));
        Subprocess.Finished finished = Subprocess.run(Duration.ofSeconds(20), command);
        return finished.stdout() + finished.stderr();
    }
}
