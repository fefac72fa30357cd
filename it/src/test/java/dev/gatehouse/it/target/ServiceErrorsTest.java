package dev.gatehouse.it.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import org.junit.jupiter.api.Test;

/// `errors.from_services: standard`, over the wire.
@LeavesNothingBehind
class ServiceErrorsTest {
    @Test
    void an_error_of_a_service_gets_the_standard_body_and_stays_the_services() {
        try (var service = FakeService.handling(request -> Answer.of(500, "NullPointerException at com.internal.Orders")
                        .header("Content-Type", "text/plain")
                        .header("ETag", "\"1\"")
                        .header("Retry-After", "9")
                        .header("Set-Cookie", "a=b")
                        .header("Set-Cookie", "c=d"));
                var gateway = OneTarget.standardising(service.url())) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 500 Internal Server Error");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.text())
                    .isEqualTo(
                            "{\"error\":{\"code\":\"SERVICE_ERROR\",\"message\":\"The service could not answer this request"
                                    + " because of an error of its own.\",\"details\":{\"status\":500},\"request_id\":\""
                                    + answer.header("X-Request-Id") + "\"}}\n");
            assertThat(answer.headers("Set-Cookie")).containsExactly("a=b", "c=d");
            assertThat(answer.header("Retry-After")).isEqualTo("9");
            assertThat(answer.header("ETag")).isNull();
            assertThat(answer.header("Gatehouse-Error")).isNull();
            assertThat(answer.headers("Via")).containsExactly("1.1 gatehouse");
            assertThat(answer.headers("Date")).hasSize(1);
        }
    }

    @Test
    void a_4xx_is_replaced_only_when_it_says_nothing() {
        try (var service = FakeService.handling(
                        request -> Answer.of(422, request.target().equals("/mute") ? "" : "qty: 0"));
                var gateway = OneTarget.standardising(service.url())) {
            assertThat(RawClient.ask(gateway.port(), "GET /mute HTTP/1.1\r\nHost: a\r\n\r\n")
                            .text())
                    .contains("\"code\":\"SERVICE_REFUSED\"", "422 Unprocessable Content");
            assertThat(RawClient.ask(gateway.port(), "GET /telling HTTP/1.1\r\nHost: a\r\n\r\n")
                            .text())
                    .isEqualTo("qty: 0");
        }
    }

    @Test
    void what_is_no_error_passes() {
        try (var service = FakeService.handling(request -> Answer.of(302, "").header("Location", "/x"));
                var gateway = OneTarget.standardising(service.url())) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(answer.header("Location")).isEqualTo("/x");
            assertThat(answer.text()).isEmpty();
        }
    }

    @Test
    void the_services_connection_is_used_again_when_its_body_was_at_hand() {
        try (var service =
                        FakeService.handling(request -> Answer.of(503, "short").chunked());
                var gateway = OneTarget.standardising(service.url());
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 3; i++) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                RawAnswer answer = client.readAnswer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Content-Length")).isNotNull();
            }
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() {
        try (var service = FakeService.script(script -> script.awaitRequest()
                        .send("HTTP/1.1 500 No\r\nContent-Length: 1000000\r\n\r\nbegun")
                        .silence());
                var gateway = OneTarget.standardising(service.url());
                var client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().text()).contains("SERVICE_ERROR");
            service.awaitConnections(1).getFirst().awaitEnding();
        }
    }

    @Test
    void HEAD_gets_the_head_that_GET_would_get() {
        try (var service = FakeService.handling(request -> Answer.of(500, "oops"));
                var gateway = OneTarget.standardising(service.url());
                var client = RawClient.connect(gateway.port())) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer answer = client.readAnswerToHead();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
    }
}
