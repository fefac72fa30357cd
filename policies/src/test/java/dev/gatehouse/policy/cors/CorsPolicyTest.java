package dev.gatehouse.policy.cors;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsPolicyTest {
    private static final String STOREFRONT = """
            origins: [ "https://tasty.example", "https://*.tasty.example" ]
            methods: [ GET, POST, PUT, DELETE ]
            headers: [ Authorization, Content-Type ]
            expose_headers: [ X-Request-Id ]
            credentials: true
            max_age: 1h
            """;

    @Test
    void a_preflight_is_answered_with_what_is_configured_and_nothing_it_sent() {
        try (PolicyHarness harness = harness(STOREFRONT)) {
            PolicyResult result = harness.send(preflight("https://tasty.example", "PATCH")
                    .header("Access-Control-Request-Headers", "x-evil, content-type"));

            assertThat(result.status()).isEqualTo(204);
            assertThat(result.reachedService()).isFalse();
            assertThat(result.headers("Access-Control-Allow-Origin")).containsExactly("https://tasty.example");
            assertThat(result.header("Access-Control-Allow-Credentials")).isEqualTo("true");
            assertThat(result.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST, PUT, DELETE");
            assertThat(result.header("Access-Control-Allow-Headers")).isEqualTo("Authorization, Content-Type");
            assertThat(result.header("Access-Control-Max-Age")).isEqualTo("3600");
            assertThat(result.header("Access-Control-Expose-Headers")).isNull();
            assertThat(result.header("Access-Control-Allow-Private-Network")).isNull();
            assertThat(result.header("Vary")).isEqualTo("Origin");
            assertThat(result.notes())
                    .contains(
                            "origin https://tasty.example may read the answer",
                            "asks for PATCH, which is not among the methods",
                            "asks for the field x-evil, which is not among the headers");
        }
    }

    @Test
    void a_preflight_of_a_stranger_is_told_nothing() {
        try (PolicyHarness harness = harness(STOREFRONT)) {
            for (String stranger : List.of("null", "https://tasty.example.evil.com", "https://eviltasty.example")) {
                PolicyResult result = harness.send(preflight(stranger, "PUT"));

                assertThat(result.status()).isEqualTo(204);
                assertThat(result.reachedService()).isFalse();
                assertThat(fields(result)).as(stranger).isEmpty();
                assertThat(result.header("Vary")).isEqualTo("Origin");
                assertThat(result.notes()).contains("origin " + stranger + " is not among the origins");
            }
        }
    }

    @Test
    void options_that_is_no_preflight_goes_to_the_service() {
        try (PolicyHarness harness = harness(STOREFRONT)) {
            assertThat(harness.send(request("OPTIONS /").header("Origin", "https://tasty.example"))
                            .reachedService())
                    .isTrue();
            assertThat(harness.send(request("OPTIONS /").header("Access-Control-Request-Method", "PUT"))
                            .reachedService())
                    .isTrue();
            assertThat(harness.send(request("GET /")
                                    .header("Origin", "https://tasty.example")
                                    .header("Access-Control-Request-Method", "PUT"))
                            .reachedService())
                    .isTrue();
        }
    }

    @Test
    void an_answer_tells_a_page_of_a_known_origin_that_it_may_read_it() {
        try (PolicyHarness harness = harness(STOREFRONT)) {
            PolicyResult result = harness.send(request("GET /").header("Origin", "https://m.tasty.example"));

            assertThat(result.text()).isEqualTo("ok");
            assertThat(result.headers("Access-Control-Allow-Origin")).containsExactly("https://m.tasty.example");
            assertThat(result.header("Access-Control-Allow-Credentials")).isEqualTo("true");
            assertThat(result.header("Access-Control-Expose-Headers")).isEqualTo("X-Request-Id");
            assertThat(result.header("Access-Control-Allow-Methods")).isNull();
        }
    }

    @Test
    void what_the_service_says_about_it_is_replaced() {
        try (PolicyHarness harness = harness(STOREFRONT)) {
            harness.serviceAnswers(Answer.of(200, "open")
                    .header("Access-Control-Allow-Origin", "*")
                    .header("Access-Control-Allow-Origin", "https://other.example")
                    .header("Access-Control-Allow-Credentials", "true")
                    .header("Access-Control-Expose-Headers", "X-Secret")
                    .header("access-control-max-age", "1"));

            assertThat(harness.send(request("GET /").header("Origin", "https://tasty.example"))
                            .headers("Access-Control-Allow-Origin"))
                    .containsExactly("https://tasty.example");
            assertThat(fields(harness.send(request("GET /").header("Origin", "https://evil.example"))))
                    .isEmpty();
            assertThat(fields(harness.send("GET /"))).isEmpty();
        }
    }

    @Test
    void caches_are_told_that_the_answer_depends_on_the_origin_whoever_asked() {
        try (PolicyHarness harness = harness(STOREFRONT)) {
            assertThat(harness.send("GET /").headers("Vary")).containsExactly("Origin");

            harness.serviceAnswers(Answer.of(200, "").header("Vary", "Accept-Encoding"));
            assertThat(harness.send("GET /").headers("Vary")).containsExactly("Accept-Encoding", "Origin");

            harness.serviceAnswers(Answer.of(200, "").header("Vary", "accept, origin"));
            assertThat(harness.send("GET /").headers("Vary")).containsExactly("accept, origin");
        }
    }

    @Test
    void what_is_for_everybody_depends_on_nobody() {
        try (PolicyHarness harness = harness("{ origins: [ '*' ], headers: [ '*' ] }")) {
            for (PolicyRequest each : List.of(
                    request("GET /"),
                    request("GET /").header("Origin", "https://a.example"),
                    request("GET /").header("Origin", "null"))) {
                PolicyResult result = harness.send(each);
                assertThat(result.headers("Access-Control-Allow-Origin")).containsExactly("*");
                assertThat(result.header("Access-Control-Allow-Credentials")).isNull();
                assertThat(result.header("Vary")).isNull();
            }
            assertThat(harness.send(preflight("https://a.example", "POST")).header("Access-Control-Allow-Headers"))
                    .isEqualTo("*");
        }
    }

    @Test
    void a_private_network_is_opened_where_the_user_says_so() {
        try (PolicyHarness open = harness("{ origins: [ https://a.example ], private_network: true }")) {
            PolicyRequest asks =
                    preflight("https://a.example", "GET").header("Access-Control-Request-Private-Network", "true");
            assertThat(open.send(asks).header("Access-Control-Allow-Private-Network"))
                    .isEqualTo("true");
            assertThat(open.send(preflight("https://b.example", "GET")
                                    .header("Access-Control-Request-Private-Network", "true"))
                            .header("Access-Control-Allow-Private-Network"))
                    .isNull();
            assertThat(open.send(asks).headers("Vary"))
                    .containsExactly("Origin", "Access-Control-Request-Private-Network");
        }
    }

    private static PolicyHarness harness(String settings) {
        return PolicyHarness.of(new CorsPolicyFactory(), settings);
    }

    private static PolicyRequest preflight(String origin, String method) {
        return request("OPTIONS /menus").header("Origin", origin).header("Access-Control-Request-Method", method);
    }

    private static List<String> fields(PolicyResult result) {
        return List.of(
                        "Access-Control-Allow-Origin",
                        "Access-Control-Allow-Credentials",
                        "Access-Control-Allow-Methods",
                        "Access-Control-Allow-Headers",
                        "Access-Control-Expose-Headers",
                        "Access-Control-Max-Age")
                .stream()
                .filter(name -> result.header(name) != null)
                .toList();
    }
}
