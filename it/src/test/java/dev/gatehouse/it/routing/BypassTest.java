package dev.gatehouse.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Section D of the hard cases: a rule keeps `/admin/**` for admins, everything else is everybody's, and the
/// service tells which path it got. The one route knows nothing of the rule. The ids are those of the list.
@LeavesNothingBehind
class BypassTest {
    private static final String FILE = """
            security:
              authentication: { customer: { type: jwt, secret: a-secret-nobody-guesses-of-32-letters, algorithms: [ HS256 ] } }
              authorization: { policies: [ { path: /admin/**, roles: [ admin ] } ] }
            services:
              everything: { instances: [ "%s" ] }
            routes:
              - { path: /**, service: everything, auth: [ customer, none ] }
            """;

    /// Somebody who is known, and no admin: `{"sub":"u1","exp":4102444800,"roles":["customer"]}`.
    private static final String CUSTOMER = "Authorization: Bearer "
            + "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSIsImV4cCI6NDEwMjQ0NDgwMCwicm9sZXMiOlsiY3VzdG9tZXIiXX0"
            + ".beOaln86DYbtpHKGvI7wcFZWjJECDCbb_tYIKaosMG0";

    private static TestGateway before(FakeService service) {
        return TestGateway.from(FILE.formatted(service.url()));
    }

    @Test
    void D1_no_spelling_of_a_path_gets_past_the_route_that_refuses_it() {
        try (var service = Ask.telling("public");
                var gateway = before(service)) {
            for (String target : List.of(
                    "/admin",
                    "/admin/",
                    "/admin/users?x=y",
                    "//admin",
                    "///admin//",
                    "/./admin",
                    "/././/admin",
                    "/x/../admin",
                    "/x/y/../../admin",
                    "/%61dmin",
                    "/%61%64%6d%69%6E",
                    "/x/%2e%2e/admin",
                    "/x/.%2E/admin",
                    "/%2e/admin",
                    "/admin/../admin",
                    "http://a/admin",
                    "http://a//x/../admin")) {
                assertThat(Ask.get(gateway, target, CUSTOMER).status())
                        .as(target)
                        .isEqualTo(403);
                assertThat(Ask.get(gateway, target).status())
                        .as(target + ", nobody")
                        .isEqualTo(401);
            }
            assertThat(service.connectionCount()).isZero();
            for (String target : List.of("/Admin", "/admin;x", "/administrator", "/admin%20", "/x?/../admin")) {
                assertThat(Ask.get(gateway, target).text())
                        .as("another path is another path, and arrives as what was judged")
                        .isEqualTo("public GET " + target + " shop.example");
            }
        }
    }

    @Test
    void D3_what_two_servers_could_read_differently_is_refused() {
        try (var service = Ask.telling("public");
                var gateway = before(service)) {
            for (String target : List.of(
                    "/a%2fadmin",
                    "/..%2fadmin",
                    "/a%5cb",
                    "/a%00",
                    "/a%0d%0aX:b",
                    "/%c0%af",
                    "/%c0%ae%c0%ae/admin",
                    "/%e0%80%af",
                    "/%ed%a0%80",
                    "/%ff",
                    "/%zz",
                    "/%4",
                    "/%",
                    "/../admin",
                    "/..;/admin",
                    "/x/..;a=b/admin",
                    "/x/..%3b/admin",
                    "/?%zz",
                    "/?a=%00")) {
                assertThat(Ask.get(gateway, target).status()).as(target).isEqualTo(400);
            }
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void D4_a_client_cannot_say_that_it_asked_for_something_else() {
        String[] lies = {
            "X-Original-URL: /public", "X-Rewrite-URL: /public", "X-HTTP-Method-Override: DELETE",
            "X-HTTP-Method: DELETE", "X-Method-Override: DELETE", "X-Forwarded-Prefix: /public",
            "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Port: 1",
            "Forwarded: for=127.0.0.1;host=evil.example"
        };
        try (var service = Ask.telling("public");
                var gateway = before(service)) {
            assertThat(Ask.get(gateway, "/admin", lies).status()).isEqualTo(401);
            service.assertNothingReceived();

            assertThat(Ask.get(gateway, "/open", lies).text()).isEqualTo("public GET /open shop.example");
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headerLines())
                    .noneMatch(line ->
                            line.contains("evil.example") || line.contains("/public") || line.contains("DELETE"));
            assertThat(sent.headers("X-Forwarded-Proto")).containsExactly("http");
            assertThat(sent.headers("X-Forwarded-Host")).containsExactly("shop.example");
            assertThat(sent.headers("X-Forwarded-Prefix")).isEmpty();
            assertThat(sent.headers("Forwarded")).isEmpty();
        }
    }

    @Test
    void D4_a_route_that_asks_for_such_a_field_is_not_reached_with_a_lie() {
        try (var gateway = TestGateway.from("""
                routes:
                  - { path: /a, match: { headers: { X-HTTP-Method-Override: "*" } }, respond: { body: overridden } }
                  - { path: /a, respond: { body: plain } }
                """)) {
            assertThat(Ask.get(gateway, "/a", "X-HTTP-Method-Override: PUT").text())
                    .isEqualTo("plain");
        }
    }

    @Test
    void D13_what_looks_like_an_expression_is_text() {
        try (var service = Ask.telling("public");
                var gateway = TestGateway.from("""
                        services:
                          everything: { instances: [ "%s" ] }
                        routes:
                          - { path: /**, service: everything, query: { set: { seen: "{header.x-a}" } } }
                          - { path: "/say/{what}", respond: { body: "{what} {query.q}" } }
                        """.formatted(service.url()))) {
            List<String> lies = List.of("${jndi:ldap:x}", "${env:PATH}", "{header.host}", "{{7*7}}", "${file:x}");
            for (String lie : lies) {
                assertThat(Ask.get(gateway, "/say/" + lie + "?q=" + lie).text()).isEqualTo(lie + " " + lie);
                assertThat(Ask.get(gateway, "/" + lie, "X-A: " + lie).text())
                        .startsWith("public GET /" + lie + "?seen=%");
            }
            assertThat(service.requests())
                    .extracting(sent -> sent.header("X-A"))
                    .containsExactlyInAnyOrderElementsOf(lies);
            assertThat(Ask.get(gateway, "/#{T(java.lang.Runtime)}").status()).isEqualTo(400);
        }
    }
}
