package dev.gatehouse.it.tls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer.Ending;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.http2.FrameConnection;
import dev.gatehouse.testkit.http2.ReceivedFrame;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients whose certificates are revoked while they are connected.
@LeavesNothingBehind
class RevokedMeanwhileTest {
    private static final String REQUIRED = "client_certificates: { CA }";
    private static final String WITH_LIST = "client_certificates: { CA, crl: DIR/clients.crl }";
    private static final String[] REQUEST = {
        ":method", "GET", ":scheme", "https", ":authority", "shop.example", ":path", "/"
    };

    @TempDir
    Path folder;

    @Test
    void a_connection_of_HTTP_2_ends_after_the_answer_that_it_waits_for() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        try (var service = FakeService.handling(_ -> {
                    asked.countDown();
                    await(answers);
                    return Answer.of(200, "hello");
                });
                var door = new ClientDoor(folder, service, REQUIRED)) {
            TestCertificate eve = door.client("eve");
            door.write("clients.crl", door.authority.crlPem());
            door.reload(WITH_LIST);
            try (FrameConnection client = door.http2("shop.example", eve)) {
                client.headers(1, true, REQUEST);
                await(asked);

                door.write("clients.crl", door.authority.crlPem(eve));
                door.reload(WITH_LIST);

                client.await(ReceivedFrame.GOAWAY);
                answers.countDown();
                assertThat(client.await(ReceivedFrame.HEADERS).field(":status")).isEqualTo("200");
                assertThatThrownBy(() -> client.await(ReceivedFrame.WINDOW_UPDATE))
                        .isInstanceOf(EOFException.class);
                assertThat(client.received(ReceivedFrame.DATA)).isNotEmpty();
            }
            assertThatThrownBy(() -> {
                        try (FrameConnection again = door.http2("shop.example", eve)) {
                            again.await(ReceivedFrame.SETTINGS);
                        }
                    })
                    .isInstanceOf(IOException.class);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(door.refused(HandshakeFailure.CERTIFICATE_REVOKED))
                            .isEqualTo(1));
        }
    }

    @Test
    void a_connection_that_is_passed_on_as_octets_ends_at_once() throws Exception {
        TestAuthority authority = TestAuthority.create("Clients");
        TestCertificate eve = authority.certificate("eve").forClients().issue();
        TestCertificate ada = authority.certificate("ada").forClients().issue();
        authority.certificate("shop").hosts("shop.example").issue().writeTo(folder, "shop");
        Files.writeString(folder.resolve("ca.crt"), authority.pem());
        Path list = Files.writeString(folder.resolve("clients.crl"), authority.crlPem());
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"))) {
            String yaml = """
                    listeners:
                      door:
                        port: 0
                        type: tcp
                        service: shop
                        tls:
                          certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]
                          client_certificates: { ca: DIR/ca.crt, crl: DIR/clients.crl }
                    services: { shop: { instances: [ "ADDRESS" ] } }
                    """.replace("DIR", folder.toString()).replace("ADDRESS", service.address());
            try (var gateway = TestGateway.from(yaml);
                    RawClient ofAda = RawClient.over(connect(authority, ada, gateway.port()));
                    RawClient ofEve = RawClient.over(connect(authority, eve, gateway.port()))) {
                String request = "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n";
                assertThat(ofAda.send(request).readAnswer().status()).isEqualTo(200);
                assertThat(ofEve.send(request).readAnswer().status()).isEqualTo(200);

                Files.writeString(list, authority.crlPem(eve));
                gateway.reload(yaml);

                assertThat(ofEve.readToEnd().ending()).isEqualTo(Ending.RESET);
                assertThat(ofAda.send(request).readAnswer().status()).isEqualTo(200);
            }
        }
    }

    private static SSLSocket connect(TestAuthority authority, TestCertificate own, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) authority.clientContext(own).getSocketFactory().createSocket("127.0.0.1", port);
        socket.startHandshake();
        return socket;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
