package dev.gatehouse.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Bearer tokens that an auth service of one's own judges, on the wire.
@LeavesNothingBehind
class ExternalAuthTest {
    @Test
    void the_order_history_of_a_food_delivery_shop() {
        try (var authService = FakeService.handling(ExternalAuthTest::judge);
                var orders = FakeService.handling(_ -> Answer.json("[{\"id\":\"o1\"}]"));
                var gateway = gateway(authService, orders, "")) {
            for (int i = 0; i < 45; i++) {
                assertThat(RawClient.ask(gateway.port(), history("token-of-12345"))
                                .status())
                        .isEqualTo(200);
            }

            RawAnswer answer = RawClient.ask(gateway.port(), history("token-of-12345"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("o1");
            assertThat(answer.headers("X-Request-Id")).hasSize(1);
            assertThat(answer.headers("X-RateLimit-Limit")).containsExactly("100");
            assertThat(answer.headers("X-RateLimit-Remaining")).containsExactly("54");
            assertThat(orders.requests()).hasSize(46);
            RecordedRequest sent = orders.requests().stream()
                    .filter(request -> request.headers("X-Request-Id").equals(answer.headers("X-Request-Id")))
                    .findAny()
                    .orElseThrow();
            assertThat(sent.headers("X-User-Id")).containsExactly("12345");
            assertThat(sent.headers("X-User-Roles")).containsExactly("customer");
            assertThat(sent.headers("Authorization")).isEmpty();
            assertThat(authService.requests()).as("the answer was remembered").hasSize(1);
            RecordedRequest question = authService.requests().getFirst();
            assertThat(question.headers("Authorization")).containsExactly("Bearer token-of-12345");
            assertThat(question.headers("X-Forwarded-Uri")).containsExactly("/orders/history?page=1");
        }
    }

    @Test
    void another_token_and_none_get_nowhere() {
        try (var authService = FakeService.handling(ExternalAuthTest::judge);
                var orders = FakeService.start();
                var gateway = gateway(authService, orders, "")) {
            RawAnswer bad = RawClient.ask(gateway.port(), history("made-up"));
            assertThat(bad.status()).isEqualTo(401);
            assertThat(bad.text()).contains("INVALID_TOKEN");
            assertThat(bad.headers("WWW-Authenticate")).containsExactly("Bearer error=\"invalid_token\"");

            RawAnswer none = RawClient.ask(
                    gateway.port(), "GET /orders/history HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.text()).contains("UNAUTHENTICATED", "Missing authentication");
            assertThat(none.headers("WWW-Authenticate")).containsExactly("Bearer");
            assertThat(orders.requests()).isEmpty();
            assertThat(authService.requests()).hasSize(1);
        }
    }

    @Test // page 6, D7
    void an_auth_service_that_is_broken_slow_or_of_two_minds_lets_nobody_pass() {
        try (var authService = FakeService.handling(ExternalAuthTest::misbehave);
                var orders = FakeService.start();
                var gateway = gateway(authService, orders, "timeout: 300ms")) {
            for (String token : new String[] {"broken", "slow", "two"}) {
                RawAnswer answer = RawClient.ask(gateway.port(), history(token));
                assertThat(answer.status()).as(token).isEqualTo(503);
                assertThat(answer.text()).contains("POLICY_UNDECIDED").doesNotContain(token);
            }
            assertThat(orders.requests()).isEmpty();
        }
    }

    private static Answer judge(RecordedRequest question) {
        return question.headers("Authorization").contains("Bearer token-of-12345")
                ? Answer.json("{\"customer\":{\"id\":12345,\"role\":\"customer\"}}")
                : Answer.of(401, "").header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    private static Answer misbehave(RecordedRequest question) {
        return switch (question.headers("Authorization").getFirst()) {
            case "Bearer broken" -> Answer.of(500, "");
            case "Bearer slow" -> Answer.json("{\"customer\":{\"id\":1}}").after(Duration.ofSeconds(2));
            default -> Answer.json("{\"customer\":{\"id\":[1,2]}}");
        };
    }

    private static TestGateway gateway(FakeService authService, FakeService orders, String more) {
        return TestGateway.from("""
                security:
                  authentication:
                    customer:
                      type: external
                      url: http://%s/check
                      user_from: body.customer.id
                      roles_from: body.customer.role
                      cache: { ttl: 10s, key: [ header.Authorization ] }
                      %s
                services: { orders: { instances: [ "%s" ] } }
                routes:
                  - path: /orders/**
                    service: orders
                    auth: customer
                    rate_limit: { per: user, limit: 100/min }
                """.formatted(authService.address(), more, orders.address()));
    }

    /// With copies of what only the gateway says.
    private static String history(String token) {
        return "GET /orders/history?page=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer " + token
                + "\r\nX-User-Id: 1\r\nX_User_Roles: admin\r\n\r\n";
    }
}
