package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection changes its protocol only where the route allows it (RFC 9110 §7.8); from then on bytes pass both
/// ways.
@LeavesNothingBehind
class UpgradeTest {
    private static final String UPGRADE =
            "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final String SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    @Test
    void an_allowed_upgrade_tunnels_bytes_both_ways_with_early_data() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest().send(SWITCHED + "welcome").mirror());
                var gateway = TestGateway.to(service).upgrade("websocket").start();
                var client = RawClient.connect(gateway.port())) {
            client.send(UPGRADE + "early");

            String answer = client.readThrough("\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Accept: s3pPLM");
            assertThat(client.readBytes("welcomeearly".length())).asString().isEqualTo("welcomeearly");
            client.send("\u0000\u00ff\r\nlater");
            assertThat(client.readBytes(9)).isEqualTo(new byte[] {0, -1, '\r', '\n', 'l', 'a', 't', 'e', 'r'});
            RecordedRequest received = service.requests().getFirst();
            assertThat(received.headers("Connection")).containsExactly("Upgrade");
            assertThat(received.headers("Upgrade")).containsExactly("websocket");
            assertThat(received.header("Sec-WebSocket-Key")).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
            assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
        }
    }

    @Test
    void a_tunnel_carries_megabytes_intact_both_ways_at_once() throws Exception {
        try (var service =
                        FakeService.script(s -> s.awaitRequest().send(SWITCHED).mirror());
                var gateway = TestGateway.to(service).upgrade("websocket").start();
                var client = RawClient.connect(gateway.port())) {
            client.send(UPGRADE);
            client.readThrough("\r\n\r\n");
            var sent = client.sendBigInBackground(5_000_000);

            assertThat(client.readBytes(5_000_000)).isEqualTo(BigBody.first(5_000_000));
            assertThat(sent.get()).isEqualTo(5_000_000);
        }
    }

    @Test
    void the_end_of_either_side_is_the_end_of_the_tunnel() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest().send(SWITCHED + "bye").close(),
                        s -> s.awaitRequest().send(SWITCHED).tunnel().silence());
                var gateway = TestGateway.to(service).upgrade("websocket").start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send(UPGRADE);
                client.readThrough("\r\n\r\n");
                RawClient.Rest rest = client.readToEnd();
                assertThat(rest.text()).isEqualTo("bye");
                assertThat(rest.ending()).isEqualTo(RawAnswer.Ending.END);
            }
            try (var client = RawClient.connect(gateway.port())) {
                client.send(UPGRADE);
                client.readThrough("\r\n\r\n");
                client.send("last words");
            }

            RecordedConnection second = service.awaitConnections(2).get(1);
            assertThat(second.awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            assertThat(second.received()).endsWith("last words");
            await().until(() -> gateway.gateway().counters().open() == 0);
            assertThat(gateway.gateway().counters().failures()).isEmpty();
        }
    }

    @Test
    void a_tunnel_in_which_nothing_moves_is_cut_after_the_idle_time() {
        try (var service =
                        FakeService.script(s -> s.awaitRequest().send(SWITCHED).mirror());
                var gateway = TestGateway.to(service)
                        .upgrade("websocket")
                        .timeouts(new TimeoutConfig(ms(1000), ms(200), ms(400), ms(200)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(UPGRADE);
            client.readThrough("\r\n\r\n");
            for (int i = 0; i < 8; i++) {
                client.sendSlowly("x", 1, ms(100));
                assertThat(client.readBytes(1)).asString().isEqualTo("x");
            }

            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.RESET);
        }
    }

    @Test
    void a_service_may_decline_and_the_connections_live_on() {
        try (var service = FakeService.handling(request -> Answer.of(426, "not here"));
                var gateway = TestGateway.to(service).upgrade("websocket").start();
                var client = RawClient.connect(gateway.port())) {
            client.send(UPGRADE);
            assertThat(client.readAnswer().status()).isEqualTo(426);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(426);

            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n"
            })
    void an_upgrade_the_route_does_not_allow_is_served_without_it(String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            assertThat(RawClient.ask(gateway.port(), request).status()).isEqualTo(200);

            RecordedRequest received = service.awaitRequest();
            assertThat(received.header("Upgrade")).isNull();
            assertThat(received.header("Connection")).isNull();
            assertThat(received.header("HTTP2-Settings")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Not nominated by Connection.
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n",
                // Two wishes.
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket, h2c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
                // HTTP/1.0 cannot.
                "GET / HTTP/1.0\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                // With a body nobody knows where the other protocol begins.
                "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 2\r\n\r\nok"
            })
    void an_upgrade_that_is_not_exactly_what_is_allowed_is_served_without_it(String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).upgrade("websocket").start()) {
            assertThat(RawClient.ask(gateway.port(), request).status()).isEqualTo(200);

            assertThat(service.awaitRequest().header("Upgrade")).isNull();
            assertThat(service.awaitRequest().header("Connection")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
            })
    void a_service_cannot_change_to_what_was_not_asked_for(String answer) {
        try (var service = FakeService.script(
                        s -> s.awaitRequest().send(answer).tunnel().silence());
                var gateway = TestGateway.to(service).upgrade("websocket").start();
                var client = RawClient.connect(gateway.port())) {
            client.send(UPGRADE);

            assertThat(client.readAnswer().status()).isEqualTo(502);
            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
        }
    }

    @Test
    void h2c_cannot_be_allowed() {
        assertThatThrownBy(() ->
                        TestGateway.toUrls("http://127.0.0.1:1").upgrade("h2c").start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("h2c");
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
