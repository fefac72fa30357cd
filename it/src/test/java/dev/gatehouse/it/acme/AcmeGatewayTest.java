package dev.gatehouse.it.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.tls.acme.IssuerStatus.State;
import dev.gatehouse.it.acme.Pebble.Doors;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeDns;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.Subprocess.Finished;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that gets its certificates from a real issuer, which asks it for real.
@LeavesNothingBehind
class AcmeGatewayTest {
    @TempDir
    Path folder;

    private final int plain = FakeService.refusing();
    private final int secure = FakeService.refusing();
    private FakeDns dns;

    @BeforeEach
    void open() {
        dns = FakeDns.start().knows("shop.test", Duration.ofSeconds(1), "127.0.0.1");
    }

    @AfterEach
    void close() {
        dns.close();
    }

    // The two challenges

    @Test
    void a_certificate_is_had_by_http_01_through_a_listener_that_only_redirects() throws Exception {
        try (Pebble pebble = Pebble.start(folder, doors());
                TestGateway gateway = TestGateway.from(yaml(pebble, "http-01"))) {
            awaitCertificate(gateway);

            assertThat(curl(pebble).stdout()).isEqualTo("hello");
            assertThat(pebble.log()).contains("Attempting to validate w/ HTTP: http://shop.test:" + plain);
            // No order is open any more.
            assertThat(RawClient.ask(plain, "GET /.well-known/acme-challenge/x HTTP/1.1\r\nHost: shop.test\r\n\r\n")
                            .status())
                    .isEqualTo(308);
        }
    }

    @Test
    void a_certificate_is_had_by_tls_alpn_01_without_a_plain_listener() throws Exception {
        String yaml;
        try (Pebble pebble = Pebble.start(folder, doors())) {
            yaml = yaml(pebble, "tls-alpn-01").replaceAll("(?m)^  plain:.*\n", "");
            try (TestGateway gateway = TestGateway.from(yaml)) {
                awaitCertificate(gateway);

                assertThat(curl(pebble).stdout()).isEqualTo("hello");
                // Nobody else gets that far.
                assertThatThrownBy(() -> shake(pebble.root(), "acme-tls/1")).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    // Life

    @Test
    void until_there_is_a_certificate_handshakes_are_refused_and_the_rest_is_served() throws Exception {
        TestAuthority nobody = TestAuthority.create();
        CleanEnd.expectLog("no certificate for shop.test");
        String yaml = yaml("https://127.0.0.1:" + FakeService.refusing() + "/dir", nobody.pem(), "http-01");
        try (TestGateway gateway = TestGateway.from(yaml)) {
            Awaitility.await()
                    .until(() -> gateway.gateway().issuers().getFirst().state() == State.FAILING);

            assertThatThrownBy(() -> shake(nobody.pem(), "http/1.1"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("unrecognized_name");
            assertThat(RawClient.ask(plain, "GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n")
                            .status())
                    .isEqualTo(308);
            assertThat(figure(gateway, "gatehouse_acme_last_order_successful")).isZero();
        }
    }

    @Test
    void a_restart_needs_no_issuer() throws Exception {
        String yaml;
        String root;
        X509Certificate first;
        try (Pebble pebble = Pebble.start(folder, doors())) {
            yaml = yaml(pebble, "http-01");
            root = pebble.root();
            try (TestGateway gateway = TestGateway.from(yaml)) {
                awaitCertificate(gateway);
                first = shake(root, "http/1.1");
            }
        }

        try (TestGateway gateway = TestGateway.from(yaml)) {
            assertThat(shake(root, "http/1.1")).isEqualTo(first);
            assertThat(gateway.gateway().issuers().getFirst().state()).isEqualTo(State.VALID);
            assertThat(figure(gateway, "gatehouse_acme_certificate_expiry_timestamp_seconds"))
                    .isEqualTo(first.getNotAfter().toInstant().getEpochSecond());
        }
    }

    @Test
    void a_reload_keeps_the_certificate_and_orders_none() throws Exception {
        try (Pebble pebble = Pebble.start(folder, doors())) {
            String yaml = yaml(pebble, "http-01");
            try (TestGateway gateway = TestGateway.from(yaml)) {
                awaitCertificate(gateway);
                X509Certificate first = shake(pebble.root(), "http/1.1");

                gateway.reload(yaml.replace("      acme:", "      handshake_timeout: 7s\n      acme:"));

                assertThat(shake(pebble.root(), "http/1.1")).isEqualTo(first);
                assertThat(pebble.issued()).isEqualTo(1);
                gateway.reload("routes: [ { path: /, respond: { status: 204 } } ]\n");
                assertThat(gateway.gateway().issuers()).isEmpty();
            }
        }
    }

    @Test
    void a_short_life_is_renewed_while_clients_come_and_none_is_refused() throws Exception {
        try (Pebble pebble = Pebble.start(folder, doors(), Duration.ofSeconds(30), "");
                TestGateway gateway = TestGateway.from(
                        yaml(pebble, "tls-alpn-01").replace("storage:", "renew_at: 80%\n        storage:"))) {
            awaitCertificate(gateway);
            X509Certificate first = shake(pebble.root(), "http/1.1");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !shake(pebble.root(), "http/1.1").equals(first));

            assertThat(shake(pebble.root(), "http/1.1").getNotAfter()).isAfter(first.getNotAfter());
        }
    }

    // What tests need

    private Doors doors() {
        return new Doors(plain, secure, dns);
    }

    private String yaml(Pebble pebble, String challenge) throws IOException {
        return yaml(pebble.directory(), pebble.ca(), challenge);
    }

    private String yaml(String directory, String ca, String challenge) throws IOException {
        Path authority = Files.writeString(folder.resolve("ca.pem"), ca);
        return """
                listeners:
                  plain: { port: %d, redirect_to: https, redirect_port: %d }
                  secure:
                    port: %d
                    protocols: [http/1.1]
                    tls:
                      acme:
                        hosts: [ shop.test ]
                        directory: %s
                        agree_to_terms: true
                        challenge: %s
                        storage: %s
                        ca: %s
                routes:
                  - { path: /, respond: { status: 200, body: hello } }
                """.formatted(plain, secure, secure, directory, challenge, folder.resolve("acme"), authority);
    }

    private static void awaitCertificate(TestGateway gateway) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> gateway.gateway().issuers().getFirst().state() == State.VALID);
    }

    private Finished curl(Pebble pebble) throws IOException {
        Path root = Files.writeString(folder.resolve("root.pem"), pebble.root());
        return Subprocess.run(
                        Duration.ofSeconds(20),
                        List.of(
                                Servers.require("curl").toString(),
                                "-sS",
                                "--cacert",
                                root.toString(),
                                "--resolve",
                                "shop.test:" + secure + ":127.0.0.1",
                                "https://shop.test:" + secure + "/"))
                .succeeded();
    }

    /// A handshake as a browser would do it.
    ///
    /// @return what was shown, verified for shop.test
    private X509Certificate shake(String root, String protocol) throws IOException, GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry(
                "root",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(root.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", secure)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("shop.test")));
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static double figure(TestGateway gateway, String metric) {
        return gateway.gateway().metrics().stream()
                .filter(family -> family.metric().name().equals(metric))
                .map(family -> (MetricFamily.Figure) family.rows().getFirst())
                .findFirst()
                .orElseThrow()
                .value();
    }
}
