package dev.gatehouse.testkit;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.target.proxy.StandIn.Fails.How;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class PolicyHarnessTest {
    @Test
    void what_the_client_sends_reaches_the_service_and_what_that_answers_the_client() {
        try (PolicyHarness harness = PolicyHarness.of(new AnyPolicyFactory((_, _) -> Decision.CONTINUE), "{}")) {
            harness.serviceAnswers(
                    sent -> Answer.json("[" + sent.body().length + "]").header("X-One", "1"));

            PolicyResult result = harness.send(
                    request("POST /a?b=c").header("X-Two", "2").from("10.0.0.7").body("four"));

            assertThat(result.verdict()).isEqualTo(Verdict.PASS);
            assertThat(result.sent().method()).isEqualTo("POST");
            assertThat(result.sent().target()).isEqualTo("/a?b=c");
            assertThat(result.sent().header("X-Two")).isEqualTo("2");
            assertThat(result.sent().header("X-Forwarded-For")).isEqualTo("10.0.0.7");
            assertThat(result.sentText()).isEqualTo("four");
            assertThat(result.status()).isEqualTo(200);
            assertThat(result.headers("X-One")).containsExactly("1");
            assertThat(result.text()).isEqualTo("[4]");
            assertThat(result.code()).isNull();
        }
    }

    @Test
    void a_service_may_take_its_time_or_fail() {
        try (PolicyHarness harness = PolicyHarness.of(new AnyPolicyFactory((_, _) -> Decision.CONTINUE), "{}")) {
            harness.serviceAnswers(Answer.of(200, "slow").after(Duration.ofSeconds(3)));
            assertThat(harness.send("GET /").took()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3100));

            harness.serviceFails(How.CONNECT);
            assertThat(harness.send("GET /").code()).isEqualTo("SERVICE_UNAVAILABLE");
            harness.serviceFails(How.TIMEOUT);
            assertThat(harness.send("GET /").code()).isEqualTo("SERVICE_TIMEOUT");
            harness.serviceFails(How.BROKEN);
            assertThat(harness.send("GET /").code()).isEqualTo("SERVICE_BAD_RESPONSE");
        }
    }

    @Test
    void a_policy_may_wait_on_a_clock_that_takes_no_time() {
        AnyPolicyFactory patient = new AnyPolicyFactory((exchange, _) ->
                new Decision.Await(exchange.after(Duration.ofMinutes(1)).thenApply(_ -> Decision.CONTINUE)));
        try (PolicyHarness harness = PolicyHarness.of(patient, "{}")) {
            PolicyResult result = harness.send("GET /");
            assertThat(result.code())
                    .as("no longer than the route has for a request")
                    .isEqualTo("POLICY_UNDECIDED");
            assertThat(harness.explain(request("GET /")).verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void the_clock_of_policies_is_moved_by_hand() {
        AnyPolicyFactory telling = new AnyPolicyFactory((exchange, time) -> {
            exchange.note(time.now().toString());
            return Decision.CONTINUE;
        });
        Instant begin = Instant.parse("2026-12-31T23:59:59Z");
        try (PolicyHarness harness =
                PolicyHarness.with(telling, "{}").begin(begin).open()) {
            assertThat(harness.send("GET /").notes()).containsExactly("2026-12-31T23:59:59Z");
            harness.advance(Duration.ofSeconds(1));
            assertThat(harness.send("GET /").notes()).containsExactly("2027-01-01T00:00:00Z");
        }
    }

    @Test
    void settings_that_are_wrong_are_told_as_check_tells_them() {
        AnyPolicyFactory any = new AnyPolicyFactory((_, _) -> Decision.CONTINUE);
        assertThatThrownBy(() -> PolicyHarness.of(any, "{ levle: 1 }"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("unknown key 'levle'")
                .hasMessageContaining("did you mean 'level'?");
        assertThat(PolicyHarness.mistakes(any, "{ level: 1 }")).isEmpty();
        assertThatThrownBy(() -> PolicyHarness.of("nowhere", "{}"))
                .hasMessage("META-INF/services names no factory of the slot 'nowhere'");
    }

    // ── the contract catches

    @Test
    void a_policy_that_sleeps() {
        PolicyContract contract = contract((_, _) -> {
            pause();
            return Decision.CONTINUE;
        });
        assertThatThrownBy(contract::hooks_neither_wait_nor_throw)
                .hasMessageContaining("onRequest waited for something");
    }

    @Test
    void a_policy_that_throws() {
        PolicyContract contract = contract((_, _) -> {
            throw new IllegalStateException("oops");
        });
        assertThatThrownBy(contract::hooks_neither_wait_nor_throw).hasMessageContaining("oops");
    }

    @Test
    void a_policy_that_tells_secrets() {
        PolicyContract contract = contract((exchange, _) -> {
            exchange.note("cookie " + exchange.request().header(HeaderName.of("Cookie")));
            return Decision.CONTINUE;
        });
        assertThatThrownBy(contract::notes_hold_no_secrets_of_clients).hasMessageContaining("what any tells of GET /");
    }

    @Test
    void a_policy_that_remembers_what_it_was_only_asked() {
        int[] count = new int[1];
        PolicyContract contract = contract((exchange, _) -> {
            exchange.note("request " + count[0]++);
            return Decision.CONTINUE;
        });
        assertThatThrownBy(contract::explain_says_the_same_twice).hasMessageContaining("explained again");
        assertThatThrownBy(contract::explain_leaves_no_trace).hasMessageContaining("after others were explained");
    }

    private static PolicyContract contract(BiFunction<Exchange, TimeSource, Decision> rule) {
        return new PolicyContract() {
            @Override
            protected PolicyFactory<?> factory() {
                return new AnyPolicyFactory(rule);
            }

            @Override
            protected String settings() {
                return "{}";
            }

            @Override
            protected List<PolicyRequest> requests() {
                return List.of(request("GET /"));
            }
        };
    }

    /// What no test does elsewhere: this one is about it.
    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
