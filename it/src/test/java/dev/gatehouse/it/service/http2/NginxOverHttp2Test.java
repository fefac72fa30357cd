package dev.gatehouse.it.service.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.NginxServer;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server that speaks HTTP/2, for clients that speak HTTP/1.1.
@LeavesNothingBehind
class NginxOverHttp2Test {
    private static final String GET = "GET /seen HTTP/1.1\r\nHost: shop.example\r\nX-Own: 1\r\n\r\n";
    private static final String SEEN =
            "location /seen { return 200 \"$server_protocol $http_host $http_x_own $connection $http_x_forwarded_for\"; }";

    @TempDir
    private Path folder;

    @Test
    void without_tls_it_is_spoken_by_prior_knowledge() {
        try (var service = NginxServer.listening("http2", SEEN);
                var gateway = TestGateway.toUrls(service.url())
                        .protocol(ServiceProtocol.H2)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            RawAnswer first = client.send(GET).readAnswer();
            RawAnswer second = client.send(GET).readAnswer();

            assertThat(first.status()).isEqualTo(200);
            assertThat(first.text()).matches("HTTP/2.0 shop.example 1 \\d+ 127.0.0.1");
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(gateway.service().budget().open()).isEqualTo(1);
        }
    }

    @Test
    void over_tls_both_sides_agree_on_it() throws IOException {
        try (var service = secured("ssl http2");
                var gateway = secured(service, ServiceProtocol.AUTO);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().text()).startsWith("HTTP/2.0 ");
        }
    }

    @Test
    void a_service_that_offers_less_gets_less() throws IOException {
        try (var service = secured("ssl");
                var gateway = secured(service, ServiceProtocol.AUTO);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().text()).startsWith("HTTP/1.1 ");
            assertThat(client.send(GET).readAnswer().text()).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void who_wants_one_point_one_gets_it() throws IOException {
        try (var service = secured("ssl http2");
                var gateway = secured(service, ServiceProtocol.HTTP_1_1);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().text()).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void many_clients_share_one_connection() throws IOException {
        try (var service = secured("ssl http2");
                var gateway = secured(service, ServiceProtocol.AUTO)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                clients.add(RawClient.connect(gateway.port()));
            }
            for (int round = 0; round < 5; round++) {
                clients.forEach(client -> client.send(GET));
                clients.forEach(
                        client -> assertThat(client.readAnswer().status()).isEqualTo(200));
            }
            assertThat(gateway.service().budget().open()).isEqualTo(1);
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void large_bodies_come_whole_both_ways() throws IOException {
        byte[] body = new byte[8 << 20];
        new Random(7).nextBytes(body);
        Files.write(folder.resolve("big.bin"), body);
        try (var service = secured("ssl http2");
                var gateway = secured(service, ServiceProtocol.AUTO);
                var client = RawClient.connect(gateway.port())) {
            RawAnswer down =
                    client.send("GET /big.bin HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
            assertThat(down.status()).isEqualTo(200);
            assertThat(down.body()).isEqualTo(body);

            client.send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
            client.sendBytes(body);
            RawAnswer up = client.readAnswer();
            // With the head's octets.
            assertThat(Integer.parseInt(up.text())).isBetween(body.length, body.length + 1000);
        }
    }

    private NginxServer secured(String how) throws IOException {
        TestAuthority authority = TestAuthority.create("Services CA");
        authority.certificate("nginx").hosts("127.0.0.1").issue().writeTo(folder, "nginx");
        Files.writeString(folder.resolve("ca.crt"), authority.pem());
        Files.createDirectories(folder.resolve("uploads"));
        return NginxServer.listening(
                how,
                "ssl_certificate " + folder + "/nginx.crt; ssl_certificate_key " + folder + "/nginx.key;" + SEEN
                        + "location /length { proxy_pass http://127.0.0.1:1; error_page 502 =200 @length; }"
                        + "location @length { return 200 \"$request_length\"; }"
                        + "root " + folder + ";");
    }

    private TestGateway secured(NginxServer service, ServiceProtocol protocol) throws IOException {
        return TestGateway.toUrls("https://127.0.0.1:" + service.port())
                .protocol(protocol)
                .serviceTls(TestGateway.believing(Files.readString(folder.resolve("ca.crt"))))
                .start();
    }
}
