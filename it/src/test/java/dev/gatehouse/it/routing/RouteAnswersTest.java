package dev.gatehouse.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a route of a file does with a request it has taken, and what is said about one that no route takes.
@LeavesNothingBehind
class RouteAnswersTest {
    @Test
    void respond_fills_in_what_it_knows_and_nothing_else() {
        try (var gateway = TestGateway.from("""
                routes:
                  - path: "/hello/{name}"
                    respond:
                      status: 201
                      headers: { X-Lang: "{query.lang}" }
                      json: { hello: "{name}", tags: [ 1, true ] }
                """)) {
            RawAnswer answer = Ask.get(gateway, "/hello/a%22b?lang=%7Bname%7D");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("X-Lang")).as("a value is no template").isEqualTo("{name}");
            assertThat(answer.text().replace(" ", "")).contains("\"hello\":\"a\\\"b\"", "\"tags\":[1,true]");
            assertThat(answer.header("Gatehouse-Error")).isNull();
        }
    }

    @Test
    void redirect_sends_the_client_on_with_its_query() {
        try (var gateway = TestGateway.from("""
                routes:
                  - { path: "/old/{id}", redirect: { to: "/new/{id}" } }
                  - { path: /tmp/**,     redirect: { to: "https://{request.host}/{rest}", status: 302 } }
                """)) {
            RawAnswer moved = Ask.get(gateway, "/old/7?a=b");
            assertThat(moved.status()).isEqualTo(308);
            assertThat(moved.header("Location")).isEqualTo("/new/7?a=b");

            RawAnswer found = Ask.get(gateway, "/tmp/x/y");
            assertThat(found.status()).isEqualTo(302);
            assertThat(found.header("Location")).isEqualTo("https://shop.example/x/y");
        }
    }

    @Test
    void the_service_is_sent_the_path_query_and_host_its_route_says() {
        try (var service = Ask.telling("s");
                var gateway = TestGateway.from("""
                        services:
                          s: { instances: [ "%s" ] }
                        routes:
                          - { path: /strip/**,       service: s, strip_prefix: /strip }
                          - { path: "/v1/{id}/**",   service: s, rewrite: "/v2/{rest}?id={id}&lang={query.lang}" }
                          - { path: /own,            service: s, rewrite_host: service }
                          - { path: /pass,           service: s, rewrite_host: pass }
                          - { path: /fixed,          service: s, rewrite_host: "internal.example:81" }
                          - { path: /query, service: s, query: { set: { a: "1" }, add: { b: "{header.x-b}" }, remove: [ c ] } }
                        """.formatted(service.url()))) {
            assertThat(Ask.get(gateway, "/strip/a%20b?c=d").text()).isEqualTo("s GET /a%20b?c=d shop.example");
            assertThat(Ask.get(gateway, "/strip").text()).isEqualTo("s GET / shop.example");
            assertThat(Ask.get(gateway, "/v1/7/x/y?lang=d%26e").text())
                    .isEqualTo("s GET /v2/x/y?id=7&lang=d%26e shop.example");
            assertThat(Ask.get(gateway, "/own").text()).isEqualTo("s GET /own " + service.address());
            assertThat(Ask.get(gateway, "/pass").text()).isEqualTo("s GET /pass shop.example");
            assertThat(Ask.get(gateway, "/fixed").text()).isEqualTo("s GET /fixed internal.example:81");
            assertThat(Ask.get(gateway, "/query?c=1&z=%41&a=9", "X-B: x y").text())
                    .isEqualTo("s GET /query?z=%41&a=1&b=x%20y shop.example");
        }
    }

    @Test
    void a_route_that_rewrites_nothing_sends_nothing_of_what_another_rewrote() {
        try (var service = Ask.telling("s");
                var gateway = TestGateway.from("""
                        services:
                          s: { instances: [ "%s" ] }
                        routes:
                          - { path: "/v1/{id}", service: s, rewrite: "/v2?id={id}" }
                          - { path: /plain, service: s }
                        """.formatted(service.url()));
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /v1/7 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().text()).startsWith("s GET /v2?id=7 ");
            client.send("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().text()).startsWith("s GET /plain ");
        }
    }

    @Test
    void a_url_is_a_service_without_a_name_and_its_address_is_told_to_nobody() {
        try (var gateway = TestGateway.from(
                "routes: [ { path: /**, service: \"http://127.0.0.1:" + FakeService.refusing() + "\" } ]")) {
            CleanEnd.allowLog("is left out for");
            RawAnswer answer = Ask.get(gateway, "/");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text())
                    .contains("The service is temporarily down.")
                    .doesNotContain("127.0.0.1");
        }
    }

    @Test
    void a_timeout_of_a_route_lies_over_that_of_its_service() {
        try (var slow = FakeService.handling(request -> Answer.of(200, "late").after(Duration.ofMillis(600)));
                var gateway = TestGateway.from("""
                        services:
                          slow: { instances: [ "%s" ], timeout: 10s }
                        routes:
                          - { path: /patient, service: slow }
                          - { path: /hasty,   service: slow, timeout: { request: 100ms } }
                        """.formatted(slow.url()))) {
            assertThat(Ask.get(gateway, "/patient").text()).isEqualTo("late");
            RawAnswer hasty = Ask.get(gateway, "/hasty");
            assertThat(hasty.status()).isEqualTo(504);
            assertThat(hasty.text()).contains("SERVICE_TIMEOUT", "Request took too long. Please try again.");
        }
    }

    @Test
    void errors_of_services_are_put_into_the_standard_form_where_the_route_says_so() {
        try (var broken = FakeService.handling(request -> Answer.of(500, "stack trace"));
                var gateway = TestGateway.from("""
                        routes:
                          - { path: /told,  service: "%1$s", errors: { from_services: standard } }
                          - { path: /other, service: "%1$s" }
                        """.formatted(broken.url()))) {
            assertThat(Ask.get(gateway, "/told").text())
                    .contains("SERVICE_ERROR")
                    .doesNotContain("stack trace");
            assertThat(Ask.get(gateway, "/other").text()).isEqualTo("stack trace");
        }
    }

    @Test
    void a_404_tells_the_nearest_routes_to_those_who_may_know() {
        String file = """
                errors: { expose: %s }
                routes:
                  - { path: "/menus/{restaurantId}", methods: [ GET ], respond: { body: menu } }
                """;
        try (var gateway = TestGateway.from(file.formatted("full"))) {
            RawAnswer full = Ask.get(gateway, "/menu/r42");
            assertThat(full.status()).isEqualTo(404);
            assertThat(full.header("Gatehouse-Error")).isEqualTo("NO_ROUTE");
            assertThat(full.text())
                    .contains("No route matches GET /menu/r42.", "\"nearest\":[\"GET /menus/{restaurantId}\"]");

            gateway.reload(file.formatted("safe"));
            assertThat(Ask.get(gateway, "/menu/r42").text())
                    .contains("No route matches GET /menu/r42.")
                    .doesNotContain("nearest", "restaurantId");
        }
    }

    @Test
    void an_error_has_the_form_of_the_file_unless_the_client_prefers_the_other() {
        String file = """
                errors: { format: %s }
                routes:
                  - { path: /a, respond: { body: a } }
                """;
        try (var gateway = TestGateway.from(file.formatted("json"))) {
            assertThat(Ask.get(gateway, "/b").text()).startsWith("{\"error\":{\"code\":\"NO_ROUTE\"");
            assertThat(Ask.get(gateway, "/b", "Accept: application/problem+json")
                            .header("Content-Type"))
                    .isEqualTo("application/problem+json");

            gateway.reload(file.formatted("problem+json"));
            RawAnswer problem = Ask.get(gateway, "/b");
            assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(problem.text())
                    .startsWith("{\"type\":\"urn:gatehouse:no-route\",\"code\":\"NO_ROUTE\",\"status\":404");
            assertThat(Ask.get(gateway, "/b", "Accept: application/json").header("Content-Type"))
                    .isEqualTo("application/json");

            gateway.reload(file.formatted("json"));
            gateway.reload(file.formatted("problem"));
            assertThat(Ask.get(gateway, "/b").header("Content-Type")).isEqualTo("application/problem+json");
        }
    }
}
