package dev.gatehouse.it.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.http2.FrameClient.Frame;
import dev.gatehouse.it.websocket.EchoService;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A WebSocket on a stream of HTTP/2 (RFC 8441), to a service that knows them from HTTP/1.1.
@LeavesNothingBehind
class ExtendedConnectTest {
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final String SWITCHED = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    private static final String[] CONNECT = {
        ":method",
        "CONNECT",
        ":protocol",
        "websocket",
        ":scheme",
        "http",
        ":path",
        "/chat",
        ":authority",
        "shop.example",
        "sec-websocket-version",
        "13"
    };

    @Test
    void octets_pass_both_ways_on_a_stream_beside_others() {
        try (FakeService service = FakeService.script(
                        s -> s.awaitRequest().send(SWITCHED + "\u0081\u0002hi").mirror(),
                        s -> s.awaitRequest().echo());
                TestGateway gateway = gateway(service, true);
                FrameClient client = FrameClient.connect(gateway.port())) {
            assertThat(settings(client)).containsEntry(ENABLE_CONNECT_PROTOCOL, 1);
            client.headers(1, false, CONNECT);
            Frame head = client.await(FrameClient.HEADERS, 1);
            assertThat(head.headers()).containsEntry(":status", "200").doesNotContainKey("sec-websocket-accept");
            assertThat(head.ends()).isFalse();
            assertThat(text(client.await(FrameClient.DATA, 1))).isEqualTo("\u0081\u0002hi");
            client.data(1, false, "\u0081\u0082\1\2\3\4xy");
            assertThat(text(client.await(FrameClient.DATA, 1))).isEqualTo("\u0081\u0082\1\2\3\4xy");

            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.method()).isEqualTo("GET");
            assertThat(sent.target()).isEqualTo("/chat");
            assertThat(sent.header("Upgrade")).isEqualTo("websocket");
            assertThat(sent.header("Connection")).isEqualToIgnoringCase("upgrade");
            assertThat(sent.headers("Sec-WebSocket-Key")).hasSize(1);
            assertThat(sent.headers("Sec-WebSocket-Version")).containsExactly("13");

            assertThat(client.get(3, "/").answer(3).status()).isEqualTo(200);
            client.data(1, true, "");
            service.connections().getFirst().awaitEnding();
            assertThat(client.await(FrameClient.DATA, 1).ends()).isTrue();
        }
    }

    @Test
    void an_answer_that_is_no_upgrade_is_passed_on() {
        try (FakeService service = FakeService.script(
                        s -> s.awaitRequest().send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
                TestGateway gateway = gateway(service, true);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, CONNECT);
            assertThat(client.answer(1).status()).isEqualTo(403);
        }
    }

    @Test
    void switched_off_it_is_neither_offered_nor_taken() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = gateway(service, false);
                FrameClient client = FrameClient.connect(gateway.port())) {
            assertThat(settings(client)).doesNotContainKey(ENABLE_CONNECT_PROTOCOL);
            client.headers(1, false, CONNECT);
            assertThat(client.answer(1).reset()).isEqualTo(1);
            service.assertNothingReceived();
        }
    }

    @Test
    void a_websocket_is_closed_in_good_order_when_the_gateway_ends() {
        try (EchoService service = EchoService.start()) {
            TestGateway gateway = TestGateway.from("""
                    version: 1
                    runtime: { drain_timeout: 4s }
                    listeners:
                      main: { port: 8080, protocols: [h2c] }
                    services:
                      chat: { instances: [ "%s" ] }
                    routes:
                      - { path: "/**", service: chat, websocket: {} }
                    """.formatted(service.url()));
            try (FrameClient client = FrameClient.connect(gateway.port())) {
                client.headers(1, false, CONNECT);
                assertThat(client.await(FrameClient.HEADERS, 1).headers()).containsEntry(":status", "200");
                client.data(1, false, "\u0081\u0082\1\2\3\4xy");
                assertThat(text(client.await(FrameClient.DATA, 1))).startsWith("\u0081\u0002");

                CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
                String close = text(client.await(FrameClient.DATA, 1));
                assertThat(close).startsWith("\u0088").contains("\u0003\u00e9");
                client.data(1, true, "\u0088\u0082\0\0\0\0\u0003\u00e9");
                closed.join();
            }
        }
    }

    private static String text(Frame data) {
        return new String(data.payload(), ISO_8859_1);
    }

    private static Map<Integer, Integer> settings(FrameClient client) {
        ByteBuffer payload =
                ByteBuffer.wrap(client.await(FrameClient.SETTINGS, 0).payload());
        Map<Integer, Integer> settings = new HashMap<>();
        while (payload.hasRemaining()) {
            settings.put((int) payload.getShort(), payload.getInt());
        }
        return settings;
    }

    private static TestGateway gateway(FakeService service, boolean extended) {
        return TestGateway.from("""
                version: 1
                listeners:
                  main: { port: 8080, protocols: [h2c], http2: { extended_connect: %s } }
                services:
                  chat: { instances: [ "%s" ] }
                routes:
                  - { path: "/**", service: chat, upgrades: [ websocket ] }
                """.formatted(extended, service.url()));
    }
}
