package dev.gatehouse.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/// CORS on the wire (section G8 of the hard cases): which route a preflight belongs to, and that a page can read
/// refusals. What is told to whom is shown beside the policy.
@LeavesNothingBehind
class CorsTest {
    private static final String ORIGIN = "Origin: https://tasty.example";

    private static final String FILE = """
            policies:
              cors:
                storefront:
                  origins: [ "https://tasty.example" ]
                  methods: [ GET, POST, PUT, DELETE ]
                  headers: [ Content-Type ]
                other: { origins: [ "https://other.example" ], methods: [ DELETE ] }
                tried: { extends: storefront, shadow: true }
            defaults: { cors: storefront }
            services: { shop: { instances: [ "%s" ] } }
            routes:
              - { path: "/menus/{id}", methods: [ GET ], service: shop }
              - { path: "/menus/{id}", methods: [ DELETE ], service: shop, cors: other }
              - { path: "/own/**", service: shop, cors: none }
              - { path: "/tried", methods: [ PUT ], service: shop, cors: tried }
              - { path: "/closed", methods: [ PUT ], service: shop, ip_rules: { deny: [ 0.0.0.0/0 ] } }
            """;

    @Test
    void a_preflight_is_answered_by_the_route_of_the_request_it_asks_about() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(FILE.formatted(service.address()))) {
            RawAnswer get = preflight(gateway, "/menus/7", "GET", ORIGIN);
            assertThat(get.status()).isEqualTo(204);
            assertThat(get.header("Access-Control-Allow-Origin")).isEqualTo("https://tasty.example");
            assertThat(get.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST, PUT, DELETE");
            assertThat(get.header("Vary")).isEqualTo("Origin");

            RawAnswer delete = preflight(gateway, "/menus/7", "DELETE", ORIGIN);
            assertThat(delete.status()).isEqualTo(204);
            assertThat(delete.header("Access-Control-Allow-Origin")).isNull();
            assertThat(preflight(gateway, "/menus/7", "DELETE", "Origin: https://other.example")
                            .header("Access-Control-Allow-Methods"))
                    .isEqualTo("DELETE");
            service.assertNothingReceived();
        }
    }

    @Test
    void G8_a_method_no_route_takes_is_not_reflected() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(FILE.formatted(service.address()))) {
            for (String method : new String[] {"PATCH", "EVIL", "delete", "G ET"}) {
                RawAnswer answer = preflight(gateway, "/menus/7", method, ORIGIN);
                assertThat(answer.status()).as(method).isEqualTo(405);
                assertThat(answer.header("Access-Control-Allow-Methods")).isNull();
                assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            }
            assertThat(preflight(gateway, "/nowhere", "GET", ORIGIN).status()).isEqualTo(404);
            service.assertNothingReceived();
        }
    }

    @Test
    void a_preflight_comes_before_every_rule_and_a_page_can_read_the_refusal_after_it() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(FILE.formatted(service.address()))) {
            assertThat(preflight(gateway, "/closed", "PUT", ORIGIN).status()).isEqualTo(204);

            RawAnswer refused = ask(gateway, "PUT", "/closed", ORIGIN);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://tasty.example");
            assertThat(refused.header("Vary")).isEqualTo("Origin");
        }
    }

    @Test
    void where_no_policy_answers_a_preflight_it_is_a_request_like_any_other() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(FILE.formatted(service.address()))) {
            assertThat(preflight(gateway, "/own/x", "PUT", ORIGIN).status()).isEqualTo(200);
            assertThat(service.awaitRequest().method()).isEqualTo("OPTIONS");

            assertThat(preflight(gateway, "/tried", "PUT", ORIGIN).status())
                    .as("a policy that is only tried opens no route to OPTIONS")
                    .isEqualTo(405);
            assertThat(ask(gateway, "OPTIONS", "/menus/7", ORIGIN).status()).isEqualTo(405);
        }
    }

    @Test
    void cors_at_the_top_of_the_file_is_for_all_routes() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                        cors: { origins: [ "https://tasty.example" ] }
                        services: { shop: { instances: [ "%s" ] } }
                        routes: [ { path: /a, methods: [ GET ], service: shop } ]
                        """.formatted(service.address()))) {
            assertThat(preflight(gateway, "/a", "GET", ORIGIN).header("Access-Control-Allow-Origin"))
                    .isEqualTo("https://tasty.example");
            assertThat(ask(gateway, "GET", "/a", ORIGIN).header("Access-Control-Allow-Origin"))
                    .isEqualTo("https://tasty.example");
        }
    }

    private static RawAnswer preflight(TestGateway gateway, String path, String method, String origin) {
        return ask(gateway, "OPTIONS", path, origin + "\r\nAccess-Control-Request-Method: " + method);
    }

    private static RawAnswer ask(TestGateway gateway, String method, String path, String fields) {
        return RawClient.ask(
                gateway.port(),
                method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n\r\n");
    }
}
