package dev.gatehouse.it.tcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.telemetry.TcpEnding;
import dev.gatehouse.engine.telemetry.TcpTallies;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.NginxServer;
import dev.gatehouse.testkit.RawAnswer.Ending;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS is passed on still encrypted, to the service of the host that the client names: what it names is read, and
/// nothing else.
@LeavesNothingBehind
class TlsPassThroughTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();

    private static FakeService service(String host) {
        TestCertificate certificate =
                AUTHORITY.certificate("CN=" + host).hosts(host).forServers().issue();
        return FakeService.with().tls(certificate.serverContext()).handling(_ -> Answer.of(200, "I am " + host));
    }

    private static TestGateway gateway(FakeService id, FakeService files, String rest) {
        return TestGateway.from("""
                listeners:
                  door:
                    port: 0
                    type: tcp
                    sni: { "ID.shop.example": id, "*.files.shop.example": files }
                    limits: { head_timeout: 500ms }
                    %s
                services:
                  id: { instances: [ "%s" ] }
                  files: { instances: [ "%s" ] }
                """.formatted(rest, id.address(), files.address()));
    }

    private static String ask(TestGateway gateway, String host) throws IOException {
        try (SSLSocket socket = handshaken(gateway, host);
                RawClient client = RawClient.over(socket)) {
            byte[] body = client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .readAnswer()
                    .body();
            return new String(body, US_ASCII);
        }
    }

    private static SSLSocket handshaken(TestGateway gateway, String host) throws IOException {
        // A new context each time: one that comes back names the host of its old session.
        SSLSocket socket = (SSLSocket) AUTHORITY
                .clientContext()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), gateway.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(host.isEmpty() ? List.of() : List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static long refused(TestGateway gateway, TcpEnding why) {
        return gateway.gateway().telemetry().tcp().of("door", TcpTallies.NONE).count(why);
    }

    @Test
    void each_client_is_taken_to_the_service_of_the_host_it_names() throws IOException {
        try (var id = service("id.shop.example");
                var files = service("a.files.shop.example");
                var gateway = gateway(id, files, "")) {
            assertThat(ask(gateway, "id.shop.example")).isEqualTo("I am id.shop.example");
            assertThat(ask(gateway, "a.files.shop.example")).isEqualTo("I am a.files.shop.example");
            assertThat(ask(gateway, "A.b.FILES.shop.example")).isEqualTo("I am a.files.shop.example");
            assertThat(id.connections()).hasSize(1);
            assertThat(files.connections()).hasSize(2);
        }
    }

    @Test
    void a_name_that_is_nobodys_is_answered_with_unrecognized_name() {
        try (var id = service("id.shop.example");
                var gateway = gateway(id, id, "")) {
            assertThatThrownBy(() -> ask(gateway, "other.example"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unrecognized_name");
            assertThatThrownBy(() -> ask(gateway, ""))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("missing_extension");
            await().until(() -> refused(gateway, TcpEnding.UNKNOWN_NAME) == 2);
            assertThat(id.connections()).isEmpty();
        }
    }

    @Test
    void others_go_to_the_service_of_the_listener_if_it_has_one() throws IOException {
        try (var id = service("id.shop.example");
                var files = service("a.files.shop.example");
                var gateway = gateway(id, files, "service: id")) {
            assertThat(ask(gateway, "other.example")).isEqualTo("I am id.shop.example");
            assertThat(ask(gateway, "")).isEqualTo("I am id.shop.example");
            assertThat(ask(gateway, "x.files.shop.example")).isEqualTo("I am a.files.shop.example");
        }
    }

    @Test
    void what_is_not_tls_is_closed_even_where_others_have_a_service() {
        try (var id = service("id.shop.example");
                var gateway = gateway(id, id, "service: id");
                var client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: id.shop.example\r\n\r\n");

            assertThat(client.readToEnd().bytes()).isEmpty();
            await().until(() -> refused(gateway, TcpEnding.NOT_TLS) == 1);
            assertThat(id.connections()).isEmpty();
        }
    }

    @Test
    void a_hello_that_makes_no_sense_is_told_so_and_one_that_does_not_come_is_closed() {
        try (var id = service("id.shop.example");
                var gateway = gateway(id, id, "")) {
            try (var client = RawClient.connect(gateway.port())) {
                client.sendBytes(new byte[] {22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3});
                RawClient.Rest rest = client.readToEnd();
                assertThat(rest.bytes()).isEqualTo(new byte[] {21, 3, 3, 0, 2, 2, 50});
                assertThat(rest.ending()).isEqualTo(Ending.END);
            }
            try (var client = RawClient.connect(gateway.port())) {
                client.sendBytes(new byte[] {22, 3, 1, 2, 0});
                long start = System.nanoTime();
                assertThat(client.readToEnd().bytes()).isEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(2));
            }
            await().until(() -> refused(gateway, TcpEnding.BROKEN_HELLO) == 1);
            await().until(() -> refused(gateway, TcpEnding.HELLO_TIMEOUT) == 1);
        }
    }

    @Test
    void a_hello_that_comes_octet_by_octet_is_understood() throws Exception {
        try (var id = FakeService.script(s -> s.mirror());
                var gateway = gateway(id, id, "");
                var client = RawClient.connect(gateway.port())) {
            byte[] hello = helloNaming("id.shop.example");
            for (int i = 0; i < hello.length; i++) {
                client.sendBytes(new byte[] {hello[i]});
                if (i % 8 == 0) {
                    Thread.sleep(1); // so that some come alone
                }
            }

            assertThat(client.readBytes(hello.length)).isEqualTo(hello);
        }
    }

    /// What the JDK would send.
    private static byte[] helloNaming(String host) throws Exception {
        var engine = AUTHORITY.clientContext().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        engine.setSSLParameters(parameters);
        var out = java.nio.ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(java.nio.ByteBuffer.allocate(0), out);
        byte[] octets = new byte[out.flip().remaining()];
        out.get(octets);
        return octets;
    }

    @Test
    void a_service_that_cannot_be_reached_is_told_in_the_words_of_tls() {
        try (var gateway = TestGateway.from("""
                        listeners:
                          door: { port: 0, type: tcp, sni: { id.shop.example: id } }
                        services:
                          id: { instances: [ "127.0.0.1:%d" ] }
                        """.formatted(FakeService.refusing()))) {
            assertThatThrownBy(() -> ask(gateway, "id.shop.example"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("internal_error");
        }
    }

    @Test
    void nginx_behind_it_is_asked_by_curl_and_openssl_as_if_there_were_nobody_between(@TempDir Path folder)
            throws IOException {
        Path curl = Servers.require("curl");
        Path openssl = Servers.require("openssl");
        AUTHORITY
                .certificate("CN=id.shop.example")
                .hosts("id.shop.example")
                .forServers()
                .issue()
                .writeTo(folder, "id");
        Path ca = Files.writeString(folder.resolve("ca.pem"), AUTHORITY.pem(), US_ASCII);
        int tls = FakeService.refusing();
        try (var nginx = NginxServer.start("listen 127.0.0.1:" + tls + " ssl; ssl_certificate " + folder
                        + "/id.crt; ssl_certificate_key " + folder
                        + "/id.key; location / { return 200 \"nginx over $ssl_protocol for $ssl_server_name\"; }");
                var gateway = TestGateway.from("""
                        listeners:
                          door: { port: 0, type: tcp, sni: { "*.shop.example": nginx } }
                        services:
                          nginx: { instances: [ "127.0.0.1:%d" ] }
                        """.formatted(tls))) {
            assertThat(nginx.port()).isPositive();
            Subprocess.Finished asked = Subprocess.run(
                    Duration.ofSeconds(20),
                    curl.toString(),
                    "-sS",
                    "--cacert",
                    ca.toString(),
                    "--connect-to",
                    "id.shop.example:443:127.0.0.1:" + gateway.port(),
                    "https://id.shop.example/");
            assertThat(asked.succeeded().stdout())
                    .startsWith("nginx over TLSv1.")
                    .endsWith("for id.shop.example");

            Subprocess.Finished unknown = Subprocess.run(
                    Duration.ofSeconds(20),
                    openssl.toString(),
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + gateway.port(),
                    "-servername",
                    "elsewhere.example");
            assertThat(unknown.exitCode()).isNotZero();
            assertThat(unknown.stderr()).contains("unrecognized name");
        }
    }

    @Test
    void tls_that_ends_at_the_listener_leaves_plain_octets_for_the_service(@TempDir Path folder) throws IOException {
        AUTHORITY
                .certificate("CN=id.shop.example")
                .hosts("id.shop.example")
                .forServers()
                .issue()
                .writeTo(folder, "id");
        try (var service = FakeService.script(
                        s -> s.tunnel().awaitBytes(4).send("bye").close(), s -> s.mirror());
                var gateway = TestGateway.from("""
                        listeners:
                          door:
                            port: 0
                            type: tcp
                            service: db
                            tls: { certificates: [ { cert: %1$s/id.crt, key: %1$s/id.key } ] }
                        services:
                          db: { instances: [ "%2$s" ] }
                        """.formatted(folder, service.address()))) {
            try (SSLSocket socket = handshaken(gateway, "id.shop.example")) {
                socket.getOutputStream().write("ping".getBytes(US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                        .isEqualTo("bye");
            }
            assertThat(service.connections().getFirst().received()).isEqualTo("ping");
            try (SSLSocket socket = handshaken(gateway, "id.shop.example")) {
                socket.getOutputStream().write(new byte[100_000]);
                assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).isNegative();
            }
            var tally = gateway.gateway().telemetry().tcp().of("door", "db");
            await().until(() -> tally.open() == 0);
            assertThat(tally.count(TcpEnding.CLOSED)).isEqualTo(2);
        }
    }
}
