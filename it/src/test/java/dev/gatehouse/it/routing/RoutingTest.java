package dev.gatehouse.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/// Which route of a file answers a request, over the wire.
@LeavesNothingBehind
class RoutingTest {
    @Test
    void the_most_specific_path_answers_whatever_the_order_of_lines() {
        try (var gateway = TestGateway.from("""
                routes:
                  - { path: /**,                  respond: { body: everything } }
                  - { path: /items/**,            respond: { body: "below items: {rest}" } }
                  - { path: /items/*,             respond: { body: one segment } }
                  - { path: /items/*.png,         respond: { body: a picture } }
                  - { path: "/items/{id}/parts",  respond: { body: "parts of {id}" } }
                  - { path: /items/new,           respond: { body: a form } }
                """)) {
            assertThat(Ask.get(gateway, "/items/new").text()).isEqualTo("a form");
            assertThat(Ask.get(gateway, "/items/7/parts").text()).isEqualTo("parts of 7");
            assertThat(Ask.get(gateway, "/items/a.png").text()).isEqualTo("a picture");
            assertThat(Ask.get(gateway, "/items/7").text()).isEqualTo("one segment");
            assertThat(Ask.get(gateway, "/items/7/parts/2").text()).isEqualTo("below items: 7/parts/2");
            assertThat(Ask.get(gateway, "/items").text()).isEqualTo("below items: ");
            assertThat(Ask.get(gateway, "/items/").text()).isEqualTo("below items: ");
            assertThat(Ask.get(gateway, "/Items/new").text()).isEqualTo("everything");
            assertThat(Ask.get(gateway, "/itemsx").text()).isEqualTo("everything");
        }
    }

    @Test
    void a_regular_expression_is_asked_last_and_takes_linear_time() {
        try (var gateway = TestGateway.from("""
                routes:
                  - { path: "~^/orders/[0-9]+$", respond: { body: by number } }
                  - { path: /orders/7,           respond: { body: seven } }
                  - { path: "~^/(a+)+$",         respond: { body: only a }, priority: -1 }
                """)) {
            assertThat(Ask.get(gateway, "/orders/7").text()).isEqualTo("seven");
            assertThat(Ask.get(gateway, "/orders/8").text()).isEqualTo("by number");
            assertThat(Ask.get(gateway, "/orders/x").status()).isEqualTo(404);
            long before = System.nanoTime();
            assertThat(Ask.get(gateway, "/" + "a".repeat(7000) + "!").status()).isEqualTo(404);
            assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
        }
    }

    @Test
    void one_host_comes_before_the_longest_wildcard_before_any() {
        try (var gateway = TestGateway.from("""
                routes:
                  - { path: /a/b,                                      respond: { body: any } }
                  - { path: /a/**, hosts: [ "*.example" ],             respond: { body: short wildcard } }
                  - { path: /a/**, hosts: [ "*.shop.example" ],        respond: { body: long wildcard } }
                  - { path: /a/**, hosts: [ api.shop.example ],        respond: { body: exact } }
                """)) {
            assertThat(Ask.get(gateway, "/a/b", "Host: api.shop.example").text())
                    .isEqualTo("exact");
            assertThat(Ask.get(gateway, "/a/b", "Host: API.Shop.Example:8080").text())
                    .isEqualTo("exact");
            assertThat(Ask.get(gateway, "/a/b", "Host: x.shop.example").text()).isEqualTo("long wildcard");
            assertThat(Ask.get(gateway, "/a/b", "Host: shop.example").text()).isEqualTo("short wildcard");
            assertThat(Ask.get(gateway, "/a/b", "Host: other.test").text()).isEqualTo("any");
            assertThat(Ask.get(gateway, "http://api.shop.example/a/b", "Host: other.test")
                            .text())
                    .as("the host of the target counts, not the field (A15)")
                    .isEqualTo("exact");
        }
    }

    @Test
    void a_request_that_misses_a_condition_falls_to_the_next_route() {
        try (var gateway = TestGateway.from("""
                listeners:
                  main: { forwarding: { trusted_proxies: [ 127.0.0.1 ] } }
                routes:
                  - { path: /a, respond: { body: plain } }
                  - { path: /a, match: { headers: { X-Version: beta* } }, respond: { body: header } }
                  - { path: /a, match: { query: { debug: "*" }, headers: { X-Version: "*" } }, respond: { body: header and query } }
                  - { path: /a, match: { cookies: { group: "~^[ab]$" }, query: { debug: "!*" }, headers: { X-Version: "!*" } },
                      respond: { body: cookie } }
                  - { path: /b, match: { client: [ 10.0.0.0/8, "2001:db8::/32" ] }, respond: { body: inside } }
                  - { path: /b, respond: { body: outside } }
                """)) {
            assertThat(Ask.get(gateway, "/a").text()).isEqualTo("plain");
            assertThat(Ask.get(gateway, "/a", "X-Version: beta-2").text()).isEqualTo("header");
            assertThat(Ask.get(gateway, "/a", "X-Version: 1").text()).isEqualTo("plain");
            assertThat(Ask.get(gateway, "/a?debug=1", "x-version: 1").text()).isEqualTo("header and query");
            assertThat(Ask.get(gateway, "/a?debug=1").text()).isEqualTo("plain");
            assertThat(Ask.get(gateway, "/a", "Cookie: x=y; group=b").text()).isEqualTo("cookie");
            assertThat(Ask.get(gateway, "/a", "Cookie: group=c").text()).isEqualTo("plain");
            assertThat(Ask.get(gateway, "/b").text()).isEqualTo("outside");
            assertThat(Ask.get(gateway, "/b", "X-Forwarded-For: 10.1.2.3").text())
                    .isEqualTo("inside");
            assertThat(Ask.get(gateway, "/b", "X-Forwarded-For: 2001:db8::7").text())
                    .isEqualTo("inside");
            assertThat(Ask.get(gateway, "/b", "X-Forwarded-For: 10.1.2.3, 11.1.2.3")
                            .text())
                    .isEqualTo("outside");
        }
    }

    @Test
    void a_higher_priority_comes_before_everything_else() {
        try (var gateway = TestGateway.from("""
                routes:
                  - { path: /a/b, hosts: [ shop.example ], respond: { body: specific } }
                  - { path: /**, match: { headers: { X-Maintenance: "1" } }, priority: 10, respond: { status: 503, body: closed } }
                """)) {
            assertThat(Ask.get(gateway, "/a/b").text()).isEqualTo("specific");
            assertThat(Ask.get(gateway, "/a/b", "X-Maintenance: 1").text()).isEqualTo("closed");
        }
    }

    @Test
    void a_method_no_route_lists_is_405_with_those_that_are() {
        try (var gateway = TestGateway.from("""
                routes:
                  - { path: "/menus/{id}", methods: [ GET ],            respond: { body: read } }
                  - { path: "/menus/{id}", methods: [ PUT, DELETE ],    respond: { body: written } }
                  - { path: /menus/**, methods: [ PATCH ], hosts: [ other.example ], respond: { body: patched } }
                """)) {
            assertThat(Ask.send(gateway, "GET", "/menus/1").text()).isEqualTo("read");
            assertThat(Ask.send(gateway, "HEAD", "/menus/1").status()).isEqualTo(200);
            assertThat(Ask.send(gateway, "PUT", "/menus/1").text()).isEqualTo("written");

            var refused = Ask.send(gateway, "PATCH", "/menus/1");
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow").split(", ")).containsExactlyInAnyOrder("GET", "HEAD", "PUT", "DELETE");
            assertThat(refused.text()).contains("METHOD_NOT_ALLOWED", "/menus/1 answers", "not PATCH.");
            assertThat(Ask.send(gateway, "get", "/menus/1").status())
                    .as("'get' is another method than GET (A26)")
                    .isEqualTo(405);
            assertThat(Ask.send(gateway, "PATCH", "/other").status()).isEqualTo(404);
        }
    }

    @Test
    void OPTIONS_for_the_whole_server_goes_where_everything_goes() {
        try (var service = Ask.telling("all");
                var gateway = TestGateway.from("""
                        routes:
                          - { path: /**, service: "%s" }
                        """.formatted(service.url()))) {
            assertThat(Ask.send(gateway, "OPTIONS", "*").text()).isEqualTo("all OPTIONS * shop.example");
            gateway.reload("routes: [ { path: /a/**, service: \"" + service.url() + "\" } ]");
            assertThat(Ask.send(gateway, "OPTIONS", "*").status()).isEqualTo(404);
        }
    }

    @Test
    void a_canary_gets_its_share() {
        try (var stable = Ask.telling("stable");
                var canary = Ask.telling("canary");
                var gateway = TestGateway.from("""
                        services:
                          v1: { instances: [ "%s" ] }
                          v2: { instances: [ "%s" ] }
                        routes:
                          - { path: /**, service: { v1: 90, v2: 10 } }
                        """.formatted(stable.url(), canary.url()));
                var client = RawClient.connect(gateway.port())) {
            int canaries = 0;
            for (int i = 0; i < 2000; i++) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                canaries += client.readAnswer().text().startsWith("canary") ? 1 : 0;
            }
            // 200 expected, 13.4 the standard deviation: six of them happen once in 10^9 runs.
            assertThat(canaries).isBetween(120, 280);
            assertThat(stable.requestCount() + canary.requestCount()).isEqualTo(2000);
        }
    }

    @Test
    void a_monolith_is_many_paths_to_modules_of_one_service() {
        String routes = """
                services:
                  monolith: { instances: [ "%s" ] }
                routes:
                  - { path: /shop/**,            service: monolith, rewrite: "/app/catalogue/{rest}" }
                  - { path: "/shop/{id}/stock",  service: monolith, rewrite: "/app/warehouse/{id}" }
                  - { path: /accounts/**,        service: monolith, rewrite: "/app/crm/{rest}" }
                  - { path: /invoices/*,         service: monolith, strip_prefix: /invoices, methods: [ GET ] }
                  - { path: /invoices/*,         service: monolith, rewrite: /app/booking, methods: [ POST ] }
                """;
        try (FakeService monolith = Ask.telling("app");
                var gateway = TestGateway.from(routes.formatted(monolith.url()))) {
            assertThat(Ask.get(gateway, "/shop/a/b?c").text()).isEqualTo("app GET /app/catalogue/a/b?c shop.example");
            assertThat(Ask.get(gateway, "/shop/9/stock").text()).isEqualTo("app GET /app/warehouse/9 shop.example");
            assertThat(Ask.get(gateway, "/accounts").text()).isEqualTo("app GET /app/crm/ shop.example");
            assertThat(Ask.get(gateway, "/invoices/4").text()).isEqualTo("app GET /4 shop.example");
            assertThat(Ask.send(gateway, "POST", "/invoices/4").text()).isEqualTo("app POST /app/booking shop.example");
        }
    }
}
