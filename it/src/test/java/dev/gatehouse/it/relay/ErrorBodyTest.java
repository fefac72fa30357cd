package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client reads when its request was not served, and how it tells who said so.
@LeavesNothingBehind
class ErrorBodyTest {

    @Test
    void an_error_is_a_small_json_object_with_code_sentence_details_and_request_id() {
        try (var gateway = TestGateway.toUrls("http://127.0.0.1:" + FakeService.refusing())
                .name("order-service")
                .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("SERVICE_UNAVAILABLE");
            assertThat(answer.text())
                    .isEqualTo(
                            "{\"error\":{\"code\":\"SERVICE_UNAVAILABLE\",\"message\":\"order-service is temporarily down."
                                    + " Try again in a few minutes.\",\"details\":{\"retry_after\":30},\"request_id\":\""
                                    + answer.header("X-Request-Id") + "\"}}\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/problem+json",
                "text/html, Application/Problem+JSON;q=0.9",
            })
    void RFC_9457_a_client_that_asks_for_it_gets_problem_json(String accept) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(LimitsConfig.DEFAULT.withBody(3))
                        .start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "POST / HTTP/1.1\r\nHost: a\r\nAccept: " + accept + "\r\nContent-Length: 5\r\n\r\nhello");

            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text())
                    .isEqualTo("{\"type\":\"urn:gatehouse:body-too-large\",\"code\":\"BODY_TOO_LARGE\",\"status\":413,"
                            + "\"title\":\"The body is too large\",\"detail\":\"The request body is larger than 3 bytes.\","
                            + "\"limit\":3,\"request_id\":\"" + answer.header("X-Request-Id") + "\"}\n");
        }
    }

    @Test
    void a_services_own_errors_pass_untouched_and_cannot_be_taken_for_the_gateways() {
        try (var service = FakeService.handling(request -> Answer.of(503, "my own words")
                        .header("Content-Type", "text/plain")
                        .header("Gatehouse-Error", "SERVICE_UNAVAILABLE")
                        .header("gatehouse_error", "SERVICE_UNAVAILABLE")
                        .header("X-Request-Id", "mine"));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo("my own words");
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
            assertThat(answer.header("Gatehouse-Error")).isNull();
            assertThat(answer.header("gatehouse_error")).isNull();
            assertThat(answer.headers("X-Request-Id")).hasSize(1).doesNotContain("mine");
        }
    }

    @Test
    void an_error_for_HEAD_has_the_fields_and_no_body() {
        try (var gateway = TestGateway.toUrls("http://127.0.0.1:" + FakeService.refusing())
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer answer = client.readAnswerToHead();
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer next = client.readAnswer();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Content-Length")).isEqualTo(next.header("Content-Length"));
            assertThat(next.text()).startsWith("{\"error\"");
        }
    }

    @Test
    void a_refused_request_gets_an_id_too_and_the_rule_that_was_broken() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");

            assertThat(answer.text())
                    .contains("\"code\":\"BAD_REQUEST\"", "more than one Content-Length")
                    .contains("\"request_id\":\"" + answer.header("X-Request-Id") + "\"");
        }
    }

    @Test
    void nothing_of_the_request_is_repeated_in_an_error() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "GET /<script>%zz HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cret\r\n\r\n");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).doesNotContain("script", "s3cret");
        }
    }

    @Test
    void a_connection_too_many_is_told_so_and_closed() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(LimitsConfig.DEFAULT.withConnections(1))
                        .start();
                var first = RawClient.connect(gateway.port())) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(first.readAnswer().status()).isEqualTo(200);
            try (var second = RawClient.connect(gateway.port())) {
                second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                RawAnswer answer = second.readAnswer();

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Gatehouse-Error")).isEqualTo("TOO_MANY_CONNECTIONS");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(answer.header("Connection")).isEqualTo("close");
                assertThat(second.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            }
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(first.readAnswer().status()).isEqualTo(200);
        }
    }
}
