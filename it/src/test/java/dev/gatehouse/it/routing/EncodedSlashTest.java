package dev.gatehouse.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An escaped slash in a path, where a route wants it and where none does (the list of hard cases, D3).
@LeavesNothingBehind
class EncodedSlashTest {
    private static final String CONFIG = """
            services:
              store: { instances: [ "%s" ] }
            routes:
              - { path: "/files/{name}", methods: [GET], service: store, allow_encoded: [slash] }
              - { path: "/shares/{name}", service: store, allow_encoded: [slash, backslash] }
              - { path: "/objects/{name}/info", service: store, rewrite: "/o/{name}", allow_encoded: [slash] }
              - { path: "/strict/**", service: store }
            """;

    @ParameterizedTest(name = "{0} arrives as {1}")
    @CsvSource({
        "/files/a%2Fb,               /files/a%2Fb",
        "/files/a%2fb?c=%2f,         /files/a%2Fb?c=%2f",
        "/files/%2f,                 /files/%2F",
        "/x%2fy/../files/%61%2f%2fb, /files/a%2F%2Fb",
        "/shares/a%5cb%2fc,          /shares/a%5Cb%2Fc",
        "/shares/a,                  /shares/a",
        "/objects/a%2fb/info,        /o/a%2Fb"
    })
    void stays_in_its_segment_and_arrives_as_it_is_where_the_route_allows_it(String sent, String received) {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(CONFIG.formatted(service.url()))) {
            assertThat(Ask.get(gateway, sent).status()).isEqualTo(200);
            assertThat(service.awaitRequest().target()).isEqualTo(received);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/strict/a%2fb",
                "/strict/a%5Cb",
                "/files/a%5cb",
                "/files/a%2fb%5cc",
                "/strict/a%2fb/../c",
                "/nowhere/a%2fb",
                "/files%2fa",
                "/files/a/b%2fc"
            })
    void is_400_where_no_route_allows_it(String target) {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(CONFIG.formatted(service.url()))) {
            RawAnswer answer = Ask.get(gateway, target);

            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.text())
                    .contains("The request target contains a percent-encoding that is broken or not allowed.");
            assertThat(service.connectionCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shares/..%2fadmin",
                "/shares/%2e%2e%2fadmin",
                "/shares/..%5cadmin",
                "/shares/a%2f..%2f..%2fadmin",
                "/shares/a%5c..",
                "/shares/a%2f.%2fb",
                "/shares/a%2f..;x",
                "/shares/a%00",
                "/shares/a%2f%0d%0ab",
                "/shares/%c0%af",
                "/shares/a%2",
                "/shares/a\\b"
            })
    void does_not_open_the_door_to_what_is_always_refused(String target) {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(CONFIG.formatted(service.url()))) {
            assertThat(Ask.get(gateway, target).status()).isEqualTo(400);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void a_refusal_costs_the_client_neither_its_connection_nor_its_next_request() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(CONFIG.formatted(service.url()));
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /strict/a%2fb HTTP/1.1\r\nHost: a\r\n\r\nGET /strict/ab HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.readAnswer().status()).isEqualTo(400);
            assertThat(client.readAnswer().status()).isEqualTo(200);
            RecordedRequest only = service.awaitRequest();
            assertThat(only.target()).isEqualTo("/strict/ab");
        }
    }
}
