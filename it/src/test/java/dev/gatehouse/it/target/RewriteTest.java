package dev.gatehouse.it.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.QueryEditsConfig;
import dev.gatehouse.engine.target.proxy.RequestRewrite;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a service is sent in place of what came, over the wire.
@LeavesNothingBehind
class RewriteTest {
    @Test
    void the_service_gets_the_edited_path_and_query_and_everything_else_as_it_came() {
        var edits = new QueryEditsConfig(Map.of("lang", "{header.accept-language}"), Map.of(), List.of("debug"));
        try (var service = FakeService.start();
                var gateway = OneTarget.sendingTo(RequestRewrite.of("/serviceA", null, "pass", edits), service.url());
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /serviceA/x%20y?a=%41&debug=1&lang=de HTTP/1.1\r\nHost: shop.example\r\n"
                    + "Accept-Language: it, en\r\nX-Mine:  1\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.readAnswer().status()).isEqualTo(200);

            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.target()).isEqualTo("/x%20y?a=%41&lang=it%2C%20en");
            assertThat(sent.headers("Host")).containsExactly("shop.example");
            assertThat(sent.headerLines()).contains("X-Mine:  1");
            assertThat(sent.text()).isEqualTo("hi");
        }
    }

    @Test
    void requests_on_one_connection_are_rewritten_each_for_itself() {
        try (var service = FakeService.start();
                var gateway = OneTarget.sendingTo(
                        RequestRewrite.of(null, "/v2{request.path}?n={query.n}", "pass", QueryEditsConfig.NONE),
                        service.url());
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /a?n=1&m HTTP/1.1\r\nHost: a\r\n\r\nGET /b/c/ HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readAnswer();
            client.readAnswer();

            assertThat(service.awaitRequests(2).stream().map(RecordedRequest::target))
                    .containsExactly("/v2/a?n=1", "/v2/b/c/?n=");
        }
    }

    @Test
    void the_service_gets_a_host_of_its_own_and_is_told_the_clients() {
        try (var service = FakeService.start();
                var fixed = OneTarget.sendingTo(
                        RequestRewrite.of(null, null, "internal.example:81", QueryEditsConfig.NONE), service.url());
                var own = OneTarget.sendingTo(
                        RequestRewrite.of(null, null, "service", QueryEditsConfig.NONE), service.url())) {
            RawClient.ask(fixed.port(), "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            RawClient.ask(own.port(), "GET http://shop.example/ HTTP/1.1\r\nHost: other.example\r\n\r\n");
            RawClient.ask(own.port(), "GET / HTTP/1.0\r\n\r\n");

            List<RecordedRequest> sent = service.awaitRequests(3);
            assertThat(sent.get(0).headers("Host")).containsExactly("internal.example:81");
            assertThat(sent.get(0).headers("X-Forwarded-Host")).containsExactly("shop.example");
            assertThat(sent.get(1).headers("Host")).containsExactly(service.address());
            assertThat(sent.get(1).headers("X-Forwarded-Host")).containsExactly("shop.example");
            assertThat(sent.get(2).headers("Host")).containsExactly(service.address());
        }
    }

    @Test
    void another_attempt_names_the_instance_it_goes_to() {
        try (var service = FakeService.start();
                var gateway = OneTarget.sendingTo(
                        RequestRewrite.of(null, null, "service", QueryEditsConfig.NONE),
                        "http://127.0.0.1:" + FakeService.refusing(),
                        service.url())) {
            for (int i = 0; i < 2; i++) {
                RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            assertThat(service.awaitRequests(2))
                    .allSatisfy(sent -> assertThat(sent.headers("Host")).containsExactly(service.address()));
        }
    }

    @Test
    void a_value_that_would_climb_is_400_and_reaches_no_service() {
        try (var service = FakeService.start();
                var gateway = OneTarget.sendingTo(
                        RequestRewrite.of(null, "/public/{query.d}/x", "pass", QueryEditsConfig.NONE), service.url());
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /?d=%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(400);
            service.assertNothingReceived();

            client.send("GET /?d=%2e%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            assertThat(service.awaitRequest().target()).isEqualTo("/public/.../x?d=%2e%2e%2e");
        }
    }
}
