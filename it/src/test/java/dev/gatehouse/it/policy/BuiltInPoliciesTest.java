package dev.gatehouse.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/// The built-in policies on the wire; what each decides is shown beside it.
@LeavesNothingBehind
class BuiltInPoliciesTest {
    @Test
    void fields_are_changed_on_both_ways_and_what_a_client_writes_ends_no_field() {
        try (var service = FakeService.handling(
                        request -> Answer.of(200, "ok").header("X-Old", "1").header("X-Old", "2"));
                var gateway = TestGateway.from("""
                    services: { shop: { instances: [ "%s" ] } }
                    routes:
                      - path: "/tenants/{tenant}"
                        service: shop
                        headers:
                          request:
                            remove: [ Cookie ]
                            rename: { X-Was: X-Is }
                            set: { X-Tenant: "{tenant}", X-Lang: "{query.lang}", X-None: "{query.none}" }
                          response: { rename: { X-Old: X-New }, set: { X-Lang: "{query.lang}" } }
                    """.formatted(service.address()))) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "GET /tenants/acme?lang=de%0d%0aX-Admin:%201 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            + "Cookie: a=b\r\nX-Was: 1\r\nX-Is: spoofed\r\nX-Was: 2\r\nX-Tenant: evil\r\nX-None: evil\r\n\r\n");

            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-Tenant")).containsExactly("acme");
            assertThat(sent.headers("X-Lang")).containsExactly("de  X-Admin: 1");
            assertThat(sent.headers("X-Is")).containsExactly("1", "2");
            for (String gone : new String[] {"Cookie", "X-Was", "X-None", "X-Admin"}) {
                assertThat(sent.headers(gone)).as(gone).isEmpty();
            }
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers("X-New")).containsExactly("1", "2");
            assertThat(answer.headers("X-Old")).isEmpty();
            assertThat(answer.headers("X-Lang")).containsExactly("de  X-Admin: 1");
        }
    }

    @Test
    void a_refusal_by_address_has_the_fields_of_answers_and_in_shadow_it_is_none() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                    policies: { ip_rules: { far: { allow: [ 192.0.2.0/24 ] }, tried: { extends: far, shadow: true } } }
                    defaults: { ip_rules: far, security_headers: {} }
                    services: { shop: { instances: [ "%s" ] } }
                    routes:
                      - { path: /a, service: shop }
                      - { path: /b, service: shop, ip_rules: tried }
                      - { path: /c, service: shop, ip_rules: none, security_headers: none }
                    """.formatted(service.address()))) {
            RawAnswer refused = RawClient.ask(gateway.port(), get("/a"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("FORBIDDEN", "Requests from your address are not allowed here.");
            assertThat(refused.headers("X-Frame-Options")).containsExactly("DENY");

            assertThat(RawClient.ask(gateway.port(), get("/b")).status()).isEqualTo(200);
            RawAnswer plain = RawClient.ask(gateway.port(), get("/c"));
            assertThat(plain.status()).isEqualTo(200);
            assertThat(plain.headers("X-Frame-Options")).isEmpty();
        }
    }

    @Test
    void a_body_that_is_too_long_is_refused_whether_its_length_was_declared_or_not() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                    services: { shop: { instances: [ "%s" ] } }
                    routes: [ { service: shop, body_limit: 4B } ]
                    """.formatted(service.address()))) {
            assertThat(RawClient.ask(gateway.port(), post("Content-Length: 4\r\n\r\n1234"))
                            .status())
                    .isEqualTo(200);
            assertThat(RawClient.ask(gateway.port(), post("Content-Length: 5\r\n\r\n"))
                            .text())
                    .contains("BODY_TOO_LARGE", "larger than 4 bytes");
            assertThat(RawClient.ask(gateway.port(), post("Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n"))
                            .status())
                    .isEqualTo(413);
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    }

    private static String post(String rest) {
        return "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + rest;
    }
}
