package com.example.gatehouse.hours;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpeningHoursPolicyTest {
    private static final Instant AN_HOUR_BEFORE = Instant.parse("2026-01-02T10:00:00Z");

    @Test
    void who_comes_too_early_is_told_when_to_come_back() {
        try (PolicyHarness harness = kitchen()) {
            PolicyResult early = harness.send("GET /orders/7");
            assertThat(early.verdict()).isEqualTo(Verdict.ANSWER);
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.text()).isEqualTo("Come later.\n");
            assertThat(early.header("Retry-After")).isEqualTo("3601");
            assertThat(early.notes()).containsExactly("at 10:00 closed");
            assertThat(early.reachedService()).isFalse();

            harness.advance(Duration.ofSeconds(3601));
            PolicyResult later = harness.send("GET /orders/7");
            assertThat(later.verdict()).isEqualTo(Verdict.PASS);
            assertThat(later.sent().target()).isEqualTo("/orders/7");
        }
    }

    @Test
    void those_turned_away_are_counted_and_those_who_only_ask_are_not() {
        try (PolicyHarness harness = kitchen()) {
            harness.send("GET /orders/7");
            harness.send("GET /orders/8");
            harness.explain(request("GET /orders/9"));

            assertThat(harness.counter("opening_hours_turned_away", "route")).isEqualTo(2);
        }
    }

    private static PolicyHarness kitchen() {
        return PolicyHarness.with(
                        new OpeningHoursPolicyFactory(), "{ opens: 11:00, closes: 23:30, message: Come later. }")
                .begin(AN_HOUR_BEFORE)
                .open();
    }
}
