package dev.gatehouse.it.service.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.CertificateConfig;
import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.config.ServiceTlsConfig;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.TlsVersion;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.NginxServer;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How TLS is spoken with a service, from the handshake to its end.
@LeavesNothingBehind
class ServiceHandshakeTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final TestAuthority AUTHORITY = TestAuthority.create("Services CA");
    private static final TestCertificate SERVICE = AUTHORITY
            .certificate("service")
            .hosts("127.0.0.1", "orders.internal")
            .issue();
    private static final HealthCheckConfig CHECKED =
            HealthCheckConfig.of("/health").withTimes(Duration.ofMillis(100), Duration.ofSeconds(2));

    @TempDir
    private Path folder;

    // ── what is agreed on
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void the_service_is_told_its_name_but_never_an_address() throws IOException {
        String names = "location / { return 200 \"[$ssl_server_name]\"; }";
        try (var service = nginx("", names)) {
            assertThat(ask(service, tls("orders.internal", null, TlsVersion.TLS_1_3)))
                    .isEqualTo("[orders.internal]");
            assertThat(ask(service, tls(null, null, TlsVersion.TLS_1_3))).isEqualTo("[]");
        }
    }

    @Test
    void no_newer_version_is_spoken_than_allowed() throws IOException {
        String version = "location / { return 200 \"$ssl_protocol\"; }";
        try (var service = nginx("", version)) {
            assertThat(ask(service, tls(null, null, TlsVersion.TLS_1_2))).isEqualTo("TLSv1.2");
            assertThat(ask(service, tls(null, null, TlsVersion.TLS_1_3))).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void a_further_connection_resumes_the_session() throws IOException {
        String resumed = "keepalive_timeout 0; location / { return 200 \"$ssl_session_reused\"; }";
        try (var service = nginx("", resumed);
                var gateway = gateway(service, tls(null, null, TlsVersion.TLS_1_3));
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().text()).isEqualTo(".");
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("r");
        }
    }

    @Test
    void the_gateway_shows_its_own_certificate() throws IOException {
        TestCertificate own = AUTHORITY.certificate("gateway").forClients().issue();
        CertificateConfig shown = new CertificateConfig(
                FileContent.inline(own.pem()), FileContent.inline(own.keyPem()), null, null, null, false);
        Files.writeString(folder.resolve("ca.crt"), AUTHORITY.pem());
        String who = "ssl_client_certificate " + folder + "/ca.crt; ssl_verify_client on;"
                + "location / { return 200 \"$ssl_client_s_dn\"; }";
        try (var service = nginx("", who)) {
            assertThat(ask(service, tls(null, shown, TlsVersion.TLS_1_3))).isEqualTo("CN=gateway");
        }
    }

    @Test
    void a_service_that_wants_a_certificate_of_ours_and_gets_none_is_a_failure_of_tls() throws Exception {
        CleanEnd.allowLog("no TLS with");
        // With TLS 1.3 it says so when the gateway has already sent its request.
        try (var service = (SSLServerSocket)
                        SERVICE.serverContext().getServerSocketFactory().createServerSocket(0, 5, loopback());
                var gateway = TestGateway.toUrls("https://127.0.0.1:" + service.getLocalPort())
                        .serviceTls(AUTHORITY)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            service.setNeedClientAuth(true);
            Thread refusing = Thread.startVirtualThread(() -> refuseAll(service));
            RawAnswer answer = client.send(GET).readAnswer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("SERVICE_TLS_FAILED");
            assertThat(answer.text()).contains("it wants a certificate of the gateway, and there is none");
            service.close();
            refusing.join();
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static void refuseAll(SSLServerSocket service) {
        while (!service.isClosed()) {
            try (SSLSocket accepted = (SSLSocket) service.accept()) {
                accepted.startHandshake();
            } catch (IOException _) {
                // As it should.
            }
        }
    }

    @Test
    void a_service_that_has_to_speak_http2_and_does_not_offer_it_is_refused() throws IOException {
        CleanEnd.expectLog("it speaks none of the protocols it was offered (ALPN)");
        CleanEnd.expectLog("it does not offer HTTP/2 (ALPN: nothing)");
        try (var nginx = nginx("", "location / { return 200 hi; }");
                var silent = FakeService.with().tls(SERVICE.serverContext()).start()) {
            for (String url : List.of(https(nginx), silent.url())) {
                try (var gateway = TestGateway.toUrls(url)
                                .protocol(ServiceProtocol.H2)
                                .serviceTls(AUTHORITY)
                                .start();
                        var client = RawClient.connect(gateway.port())) {
                    RawAnswer answer = client.send(GET).readAnswer();
                    assertThat(answer.header("Gatehouse-Error")).isEqualTo("SERVICE_TLS_FAILED");
                }
            }
        }
    }

    @Test
    void a_handshake_nobody_answers_ends_with_the_time_for_connecting() {
        TimeoutConfig soon = new TimeoutConfig(
                Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (var service = FakeService.script(s -> s.silence());
                var gateway = TestGateway.toUrls("https://127.0.0.1:" + service.port())
                        .serviceTls(AUTHORITY)
                        .timeouts(soon)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            long asked = System.nanoTime();
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
            await().until(() -> gateway.service().budget().open() == 0);
        }
    }

    @Test
    void another_instance_is_tried_after_one_that_is_not_believed() {
        CleanEnd.allowLog("no TLS with");
        CleanEnd.allowLog("is left out for");
        TestCertificate wrong =
                AUTHORITY.certificate("x").hosts("elsewhere.internal").issue();
        try (var bad = FakeService.with().tls(wrong.serverContext()).start();
                var good = FakeService.with().tls(SERVICE.serverContext()).start();
                var gateway = TestGateway.to(bad, good).serviceTls(AUTHORITY).start();
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 20; i++) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(client.readAnswer().status()).isEqualTo(200);
            }
            bad.assertNoCompleteRequest();
            // As one that cannot be reached, it is left out.
            assertThat(gateway.service().instances().getFirst().state().ejection())
                    .isNotNull();
        }
    }

    // ── what is sent inside
    // ──────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_large_answer_waits_for_a_slow_client() {
        int size = 64 << 20;
        try (var service = FakeService.with()
                        .tls(SERVICE.serverContext())
                        .script(s -> s.awaitRequest().big(size));
                var gateway = TestGateway.to(service).serviceTls(AUTHORITY).start();
                var client = RawClient.connect(gateway.port(), 32 << 10)) {
            client.send(GET);
            client.readThrough("\r\n\r\n");
            // Far less than the body is on its way: nobody gathers it.
            assertThat(gatewayMemory()).isLessThan(16 << 20);
            assertThat(client.readBytes(size)).hasSize(size);
        }
    }

    @Test
    void an_answer_that_ends_with_its_connection_is_whole_when_tls_ends_first() {
        try (var service = FakeService.with()
                        .tls(SERVICE.serverContext())
                        .script(s -> s.awaitRequest()
                                .send("HTTP/1.1 200 OK\r\n\r\nto the end")
                                .close());
                var gateway = TestGateway.to(service).serviceTls(AUTHORITY).start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("to the end");
        }
    }

    @Test
    void an_answer_that_was_cut_off_never_looks_whole() {
        try (var service = FakeService.with()
                        .tls(SERVICE.serverContext())
                        .script(s -> s.awaitRequest()
                                .send("HTTP/1.1 200 OK\r\n\r\nto the")
                                .reset());
                var gateway = TestGateway.to(service).serviceTls(AUTHORITY).start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readToEnd().text()).doesNotEndWith("0\r\n\r\n");
        }
    }

    // ── checks
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void checks_go_through_tls_and_over_http2() throws IOException {
        for (ServiceProtocol protocol : List.of(ServiceProtocol.HTTP_1_1, ServiceProtocol.H2)) {
            try (var service = nginx("http2", "location /health { return 204; }");
                    var gateway = TestGateway.toUrls(https(service))
                            .protocol(protocol)
                            .serviceTls(AUTHORITY)
                            .healthCheck(CHECKED)
                            .start()) {
                await().until(() -> lastCheck(gateway).equals("204"));
            }
        }
    }

    @Test
    void a_check_says_why_there_is_no_tls() throws IOException {
        CleanEnd.allowLog("is down: no TLS");
        try (var service = nginx("", "location /health { return 204; }");
                var gateway =
                        TestGateway.toUrls(https(service)).healthCheck(CHECKED).start()) {
            await().until(() -> lastCheck(gateway).contains("no TLS: its certificate is from an unknown authority"));
        }
    }

    // ── the words of these tests
    // ─────────────────────────────────────────────────────────────────────────────────────

    private static String lastCheck(TestGateway gateway) {
        var check = gateway.service().instances().getFirst().state().lastCheck();
        return check == null ? "" : check.what();
    }

    private static long gatewayMemory() {
        return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    }

    private static ServiceTlsConfig tls(
            @Nullable String serverName, @Nullable CertificateConfig own, TlsVersion newest) {
        return new ServiceTlsConfig(
                Verification.FULL,
                new FileContent("ca.crt", AUTHORITY.pem().getBytes(UTF_8)),
                serverName,
                own,
                TlsVersion.TLS_1_2,
                newest);
    }

    private NginxServer nginx(String how, String body) throws IOException {
        SERVICE.writeTo(folder, "nginx");
        return NginxServer.listening(
                "ssl " + how,
                "ssl_certificate " + folder + "/nginx.crt; ssl_certificate_key " + folder + "/nginx.key;"
                        + "ssl_protocols TLSv1.2 TLSv1.3;" + body);
    }

    private static String https(NginxServer service) {
        return "https://127.0.0.1:" + service.port();
    }

    private static TestGateway gateway(NginxServer service, ServiceTlsConfig tls) {
        return TestGateway.toUrls(https(service))
                .protocol(ServiceProtocol.HTTP_1_1)
                .serviceTls(tls)
                .start();
    }

    private static String ask(NginxServer service, ServiceTlsConfig tls) {
        try (var gateway = gateway(service, tls);
                var client = RawClient.connect(gateway.port())) {
            return client.send(GET).readAnswer().text();
        }
    }
}
