package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Trace;
import dev.gatehouse.app.admin.view.Trace.Verdict;
import dev.gatehouse.app.console.Ink;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTextTest {
    private static final Trace DENIED = new Trace(
            List.of(
                    new Trace.Route("ANY /orders/**", "gateway.yaml:155:5", true, null),
                    new Trace.Route(
                            "WS /orders/{id}/track", "gateway.yaml:156:5", false, "path has 2 segments, needs 3")),
            List.of(
                    step("cors storefront", 113, false, Verdict.SKIP, false, List.of(), "no Origin header"),
                    step("headers", 114, false, Verdict.MODIFY, false, List.of(), ""),
                    step("rate_limit by-plan", 116, false, Verdict.DENY, true, List.of(), "31 of 30 per minute"),
                    step("ip_rules", 85, false, Verdict.DENY, false, List.of("client=10.0.0.7"), "not allowed here"),
                    step("headers", 114, true, Verdict.PASS, false, List.of(), "")),
            List.of("quota", "order-service"),
            List.of(),
            403,
            "FORBIDDEN",
            "not allowed here",
            "ip_rules",
            true);

    @Test
    void each_line_says_who_where_and_why() {
        assertThat(TraceText.of(
                        new Explanation("DELETE", "/orders/9", "gateway.yaml (not deployed)", DENIED),
                        "offline",
                        null,
                        Ink.PLAIN))
                .isEqualTo("""
                        DELETE /orders/9            config gateway.yaml (not deployed)  offline

                         route   ANY /orders/**         gateway.yaml:155                 won: most specific that matches
                                 WS /orders/{id}/track  :156                             lost: path has 2 segments, needs 3
                         cors    storefront             :113              skip           no Origin header
                         headers                        :114              modify
                         rate_limit by-plan             :116              DENY (shadow)  31 of 30 per minute
                         ip_rules                       :85               DENY           not allowed here  client=10.0.0.7
                         ────────────────────────────────────────────────────────────────────────────────────
                         answer  403 FORBIDDEN          service not called
                         would then: quota → order-service
                        """);
    }

    @Test
    void services_are_told_with_their_shares() {
        Trace canary = new Trace(
                List.of(new Trace.Route("ANY /x", "", true, null)),
                List.of(),
                List.of(),
                List.of(
                        new Trace.Destination("v1", 90, "10.0.0.1:80", 3, "round_robin", "GET /x", "api.example"),
                        new Trace.Destination("v2", 10, null, 2, "random_two", "GET /x", "api.example")),
                null,
                null,
                null,
                "service",
                true);

        assertThat(TraceText.of(
                        new Explanation("GET", "/x", "r3 (running)", canary), "http://localhost:9000", null, Ink.PLAIN))
                .contains(" service 90%  v1 → 10.0.0.1:80 (round_robin, 3 to choose from)  GET /x  Host: api.example\n")
                .contains(" service 10%  v2 → one of 2 (random_two)  GET /x  Host: api.example\n")
                .doesNotContain("answer");
    }

    @Test
    void what_a_client_wrote_moves_no_cursor() {
        Explanation said = new Explanation("GET", "/\u001b[2J", "gateway.yaml", DENIED);
        assertThat(TraceText.of(said, "offline", null, Ink.PLAIN)).doesNotContain("\u001b");
    }

    private static Trace.Step step(
            String policy, int line, boolean up, Verdict verdict, boolean shadow, List<String> facts, String reason) {
        return new Trace.Step(policy, "gateway.yaml:" + line + ":9", up, verdict, shadow, facts, reason, 12L);
    }
}
