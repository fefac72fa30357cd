package dev.gatehouse.it.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The opening handshake on a route with `websocket:` (RFC 6455 §4): who may begin one, and what makes one.
@LeavesNothingBehind
class HandshakeTest {
    private static TestGateway gateway(String service, String websocket) {
        return TestGateway.from("""
                routes:
                  - { path: /**, service: "%s", websocket: %s }
                """.formatted(service, websocket));
    }

    @Test
    void frames_pass_both_ways_after_it() {
        try (var service = EchoService.start();
                var gateway = gateway(service.url(), "{}");
                var client = Client.open(gateway.port())) {
            assertThat(client.answer()).contains("Sec-WebSocket-Accept: " + Handshake.ACCEPT);
            assertThat(client.echo("hello")).isEqualTo("hello");
            assertThat(client.echo("x".repeat(100_000))).hasSize(100_000);

            client.send(Frame.close(1000));

            assertThat(client.readClose().code()).isEqualTo(1000);
            assertThat(service.awaitClose().code()).isEqualTo(1000);
            assertThat(service.unmasked()).isZero();
        }
    }

    @Test
    void another_version_is_told_the_one_that_is_spoken_and_the_service_nothing() {
        try (var service = EchoService.start();
                var gateway = gateway(service.url(), "{}")) {
            RawAnswer answer =
                    RawClient.ask(gateway.port(), Handshake.request("/chat", "").replace("Version: 13", "Version: 8"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(answer.text()).contains("BAD_REQUEST", "version 13");
            assertThat(service.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZSBpcyB0b28gbG9uZw=="})
    void a_key_that_is_none_is_refused(String key) {
        try (var service = EchoService.start();
                var gateway = gateway(service.url(), "{}")) {
            RawAnswer answer =
                    RawClient.ask(gateway.port(), Handshake.request("/chat", "").replace(Handshake.KEY, key));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(service.connections()).isZero();
        }
    }

    @Test
    void requests_that_wish_no_upgrade_pass_as_they_are() {
        try (var service = EchoService.start();
                var gateway = gateway(service.url(), "{}")) {
            assertThat(RawClient.ask(gateway.port(), "GET /chat HTTP/1.1\r\nHost: a\r\n\r\n")
                            .text())
                    .isEqualTo("plain");
        }
    }

    @Test
    void only_101_makes_a_tunnel() {
        try (var service = FakeService.start();
                var gateway = gateway(service.url(), "{}");
                var client = RawClient.connect(gateway.port())) {
            client.send(Handshake.request("/chat", ""));
            assertThat(client.readAnswer().status()).isEqualTo(200);

            client.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void an_accept_that_does_not_fit_the_key_is_a_broken_answer() {
        String answer = Handshake.answer("AAAAAAAAAAAAAAAAAAAAAA==", "");
        try (var service = FakeService.script(
                        s -> s.awaitRequest().send(answer).tunnel().silence());
                var gateway = gateway(service.url(), "{}");
                var client = RawClient.connect(gateway.port())) {
            RawAnswer refused = client.send(Handshake.request("/chat", "")).readAnswer();

            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.text()).contains("Sec-WebSocket-Accept");
        }
    }

    @Test
    void subprotocols_are_those_of_the_route() {
        try (var service = EchoService.start().answering("Sec-WebSocket-Protocol: ticker\r\n");
                var gateway = gateway(service.url(), "{ subprotocols: [ticker, log] }")) {
            try (var client = Client.open(gateway.port(), "/chat", "Sec-WebSocket-Protocol: admin, ticker\r\n")) {
                assertThat(Handshake.field(client.answer(), "Sec-WebSocket-Protocol"))
                        .isEqualTo("ticker");
            }
            assertThat(Handshake.field(service.heads().getFirst(), "Sec-WebSocket-Protocol"))
                    .isEqualTo("ticker");
            RawAnswer notAsked =
                    RawClient.ask(gateway.port(), Handshake.request("/chat", "Sec-WebSocket-Protocol: admin\r\n"));

            assertThat(service.heads().getLast()).doesNotContain("Sec-WebSocket-Protocol");
            assertThat(notAsked.status()).isEqualTo(502);
            assertThat(notAsked.text()).contains("subprotocol");
        }
    }

    @Test
    void policies_decide_before_it() {
        try (var service = EchoService.start();
                var gateway = TestGateway.from("""
                        routes:
                          - { path: /**, service: "%s", websocket: {}, ip_rules: { deny: [ 127.0.0.0/8 ] } }
                        """.formatted(service.url()))) {
            RawAnswer answer = RawClient.ask(gateway.port(), Handshake.request("/chat", ""));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(service.connections()).isZero();
        }
    }

    @Test
    void a_policy_that_wants_the_body_of_a_101_waits_for_nothing_and_changes_nothing() {
        Policy greedy = new Policy() {
            @Override
            public Decision onResponse(Exchange exchange, Response response) {
                Body body = response.body();
                body.map((chunk, out) -> {});
                body.replace("not of this protocol".getBytes(US_ASCII));
                return new Decision.Await(body.collect(1000).thenApply(octets -> Decision.CONTINUE));
            }
        };
        try (var service = EchoService.start();
                var gateway = TestGateway.toUrls(service.url())
                        .upgrade("websocket")
                        .policy(greedy)
                        .start();
                var client = Client.open(gateway.port())) {
            assertThat(client.isOpen()).isTrue();
            assertThat(client.echo("hello")).isEqualTo("hello");
        }
    }

    @Test
    void policies_see_the_101_on_its_way_up() {
        try (var service = EchoService.start();
                var gateway = TestGateway.from("""
                        routes:
                          - { path: /**, service: "%s", websocket: {}, headers: { response: { set: { X-Seen: "yes" } } } }
                        """.formatted(service.url()));
                var client = Client.open(gateway.port())) {
            assertThat(client.answer()).contains("X-Seen: yes\r\n", "Sec-WebSocket-Accept: " + Handshake.ACCEPT);
            assertThat(client.echo("hello")).isEqualTo("hello");
        }
    }
}
