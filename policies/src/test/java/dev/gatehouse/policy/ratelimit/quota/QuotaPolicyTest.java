package dev.gatehouse.policy.ratelimit.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotaPolicyTest {
    @Test
    void a_month_begins_anew_for_everybody_on_its_first_day() {
        try (PolicyHarness harness = open("{ limit: 2/month }", "2026-11-30T23:00:00Z")) {
            assertThat(harness.send("GET /").header("RateLimit")).isEqualTo("\"route\";r=1;t=3600");
            harness.send("GET /");
            PolicyResult refused = harness.send("GET /");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("QUOTA_EXCEEDED");
            assertThat(refused.text())
                    .contains("\"message\":\"2 of 2 requests used. Resets 1 Dec 2026.\"")
                    .contains(
                            "\"limit\":2,\"window\":\"1 month\",\"resets_at\":\"2026-12-01T00:00:00Z\",\"retry_after\":3600");
            assertThat(harness.advance(Duration.ofMinutes(59)).send("GET /").status())
                    .isEqualTo(429);
            assertThat(harness.advance(Duration.ofMinutes(1)).send("GET /").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_day_is_that_of_the_time_zone() {
        try (PolicyHarness harness = open("{ limit: 1/day, time_zone: Europe/Berlin }", "2026-03-28T22:30:00Z")) {
            harness.send("GET /");
            assertThat(harness.send("GET /").text()).contains("\"resets_at\":\"2026-03-28T23:00:00Z\"");
            harness.advance(Duration.ofMinutes(30)).send("GET /");
            assertThat(harness.send("GET /").text())
                    .as("the day the clocks are put forward has 23 hours")
                    .contains("\"resets_at\":\"2026-03-29T22:00:00Z\"");
        }
    }

    @Test
    void a_week_begins_on_monday() {
        try (PolicyHarness harness = open("{ limit: 1/week }", "2026-11-22T12:00:00Z")) {
            harness.send("GET /");
            assertThat(harness.send("GET /").text()).contains("\"resets_at\":\"2026-11-23T00:00:00Z\"");
        }
    }

    private static PolicyHarness open(String settings, String begin) {
        return PolicyHarness.with(new QuotaPolicyFactory(), settings)
                .begin(Instant.parse(begin))
                .open();
    }
}
