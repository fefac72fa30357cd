package dev.gatehouse.policy.ratelimit;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitPolicyTest {
    @Test
    void a_key_s_101st_request_in_a_minute_is_refused_and_another_key_s_is_not() {
        try (PolicyHarness harness = open("{ per: header.x-api-key, limit: 100/min }")) {
            for (int i = 0; i < 100; i++) {
                assertThat(harness.send(request("GET /").header("X-API-Key", "a"))
                                .status())
                        .isEqualTo(200);
            }
            PolicyResult refused = harness.send(request("GET /").header("X-API-Key", "a"));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("RATE_LIMIT_EXCEEDED");
            assertThat(refused.text())
                    .contains("\"message\":\"Requests are limited to 100 per minute. Try again in ")
                    .contains("\"limit\":100,\"window\":\"1 minute\",\"retry_after\":");
            assertThat(refused.reachedService()).isFalse();
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(59, 61);
            assertThat(harness.send(request("GET /").header("X-API-Key", "b")).status())
                    .isEqualTo(200);
            assertThat(harness.counter("gatehouse_rate_limit_violations", "route", "live"))
                    .isEqualTo(1);
        }
    }

    @Test
    void after_45_of_100_the_next_is_told_of_54() {
        try (PolicyHarness harness = open("{ limit: 100/min }")) {
            for (int i = 0; i < 45; i++) {
                harness.send("GET /");
            }
            PolicyResult next = harness.send("GET /");

            assertThat(next.header("X-RateLimit-Limit")).isEqualTo("100");
            assertThat(next.header("X-RateLimit-Remaining")).isEqualTo("54");
            assertThat(Long.parseLong(next.header("X-RateLimit-Reset"))
                            - harness.now().getEpochSecond())
                    .isBetween(59L, 61L);
            assertThat(next.header("RateLimit-Policy")).isEqualTo("\"route\";q=100;w=60");
            assertThat(next.header("RateLimit")).startsWith("\"route\";r=54;t=6");
        }
    }

    @Test
    void the_101st_of_a_plain_limit_waits_for_the_hour() {
        try (PolicyHarness harness = open("{ limit: 100, window: 1h, per: [ client_ip, route ] }")) {
            for (int i = 0; i < 100; i++) {
                harness.send("GET /");
            }
            PolicyResult refused = harness.send("GET /");

            assertThat(refused.text()).contains("\"limit\":100,\"window\":\"1 hour\",\"retry_after\":3600");
            assertThat(refused.header("Retry-After")).isEqualTo("3600");
            assertThat(harness.advance(Duration.ofMinutes(59)).send("GET /").status())
                    .isEqualTo(429);
            assertThat(harness.advance(Duration.ofMinutes(1)).send("GET /").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void clients_of_one_ipv6_network_are_one() {
        try (PolicyHarness harness = open("{ limit: 1/min }")) {
            assertThat(harness.send(request("GET /").from("2001:db8:0:7::1")).status())
                    .isEqualTo(200);
            assertThat(harness.send(request("GET /").from("2001:db8:0:7:ffff::2"))
                            .status())
                    .isEqualTo(429);
            assertThat(harness.send(request("GET /").from("2001:db8:0:8::1")).status())
                    .isEqualTo(200);
            assertThat(harness.send(request("GET /").from("192.0.2.1")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void of_several_limits_one_that_refuses_leaves_the_others_as_they_are() {
        try (PolicyHarness harness = open("{ limits: [ { limit: 2/s }, { limit: 3/h } ] }")) {
            harness.send("GET /");
            harness.send("GET /");
            assertThat(harness.send("GET /").header("Retry-After")).isEqualTo("2");
            harness.advance(Duration.ofSeconds(2));

            PolicyResult third = harness.send("GET /");
            assertThat(third.status()).isEqualTo(200);
            assertThat(third.header("RateLimit")).startsWith("\"route.1\";r=1;").contains(", \"route.2\";r=0;");
            assertThat(third.header("X-RateLimit-Limit")).as("the tighter one").isEqualTo("3");
            assertThat(harness.send("GET /").text()).contains("\"window\":\"1 hour\"");
        }
    }

    @Test
    void a_burst_passes_at_once_and_then_one_after_the_other() {
        try (PolicyHarness harness = open("{ limit: 60/min, burst: 3 }")) {
            for (int i = 0; i < 3; i++) {
                assertThat(harness.send("GET /").status()).isEqualTo(200);
            }
            assertThat(harness.send("GET /").header("Retry-After")).isEqualTo("1");
            assertThat(harness.advance(Duration.ofSeconds(1)).send("GET /").status())
                    .isEqualTo(200);
            assertThat(harness.send("GET /").status()).isEqualTo(429);
        }
    }

    @Test
    void a_request_that_costs_more_takes_more() {
        try (PolicyHarness harness = open("{ limit: 10/min, cost: 4 }")) {
            assertThat(harness.send("GET /").header("X-RateLimit-Remaining")).isEqualTo("6");
            assertThat(harness.send("GET /").header("X-RateLimit-Remaining")).isEqualTo("2");
            assertThat(harness.send("GET /").status()).isEqualTo(429);
        }
    }

    @Test
    void what_runs_at_the_same_time_is_given_back_when_it_ends() {
        try (PolicyHarness harness = open("{ limit: 1, algorithm: concurrency, per: route }")) {
            for (int i = 0; i < 5; i++) {
                PolicyResult one = harness.send("GET /");
                assertThat(one.status()).isEqualTo(200);
                assertThat(one.header("RateLimit-Policy")).isEqualTo("\"route\";q=1;qu=\"concurrent-requests\"");
                assertThat(one.header("X-RateLimit-Reset")).isNull();
            }
        }
    }

    @Test
    void who_comes_too_early_waits_for_its_turn_where_the_limit_says_so() {
        try (PolicyHarness harness = open("{ limit: 60/min, burst: 1, delay: 2s }")) {
            assertThat(harness.send("GET /").took()).isLessThan(Duration.ofMillis(100));
            PolicyResult waited = harness.send("GET /");

            assertThat(waited.status()).isEqualTo(200);
            assertThat(waited.took()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_200));
            assertThat(harness.counter("gatehouse_rate_limit_decisions", "route", "delayed"))
                    .isEqualTo(1);
        }
        try (PolicyHarness harness = open("{ limit: 1/min, delay: 2s }")) {
            harness.send("GET /");
            PolicyResult refused = harness.send("GET /");
            assertThat(refused.status()).as("it would wait longer than that").isEqualTo(429);
            assertThat(refused.took()).isLessThan(Duration.ofMillis(100));
        }
    }

    @Test
    void explain_tells_the_limit_what_is_left_and_whose_it_is_and_takes_nothing() {
        try (PolicyHarness harness = open("{ limit: 2/min, per: [ client_ip, header.X-Tenant ] }")) {
            for (int i = 0; i < 5; i++) {
                PolicyResult told =
                        harness.explain(request("GET /").from("192.0.2.7").header("X-Tenant", "a s3cr3t"));
                assertThat(told.verdict()).isEqualTo(Verdict.PASS);
                assertThat(told.notes().getFirst())
                        .startsWith("route: 2 per minute, 1 left, counted for client_ip=192.0.2.7,header.X-Tenant=#")
                        .doesNotContain("s3cr3t");
            }
        }
    }

    @Test
    void fields_are_chosen() {
        try (PolicyHarness harness = open("{ limit: 2/min, headers: ietf }")) {
            PolicyResult told = harness.send("GET /");
            assertThat(told.header("RateLimit")).isNotNull();
            assertThat(told.header("X-RateLimit-Limit")).isNull();
        }
        try (PolicyHarness harness = open("{ limit: 1/min, headers: none }")) {
            assertThat(harness.send("GET /").header("RateLimit")).isNull();
            PolicyResult refused = harness.send("GET /");
            assertThat(refused.header("X-RateLimit-Limit")).isNull();
            assertThat(refused.header("Retry-After")).isEqualTo("61");
        }
    }

    @Test
    void in_shadow_mode_nobody_is_refused_and_it_is_counted() {
        try (PolicyHarness harness = PolicyHarness.with(
                        new RateLimitPolicyFactory(),
                        "{ limits: [ { limit: 1/min }, { limit: 5, algorithm: concurrency } ] }")
                .shadow()
                .open()) {
            for (int i = 0; i < 3; i++) {
                PolicyResult passed = harness.send("GET /");
                assertThat(passed.status()).isEqualTo(200);
                assertThat(passed.header("RateLimit")).isNull();
            }
            assertThat(harness.counter("gatehouse_rate_limit_violations", "route", "shadow"))
                    .isEqualTo(2);
        }
    }

    @Test
    void unlimited_is_no_limit() {
        try (PolicyHarness harness = PolicyHarness.with(
                        new RateLimitPolicyFactory(), "{ limits: [ { limit: unlimited }, { limit: 5/min } ] }")
                .open()) {
            assertThat(harness.send("GET /").header("RateLimit-Policy")).isEqualTo("\"route.2\";q=5;w=60");
        }
    }

    private static PolicyHarness open(String settings) {
        return PolicyHarness.of(new RateLimitPolicyFactory(), settings);
    }
}
