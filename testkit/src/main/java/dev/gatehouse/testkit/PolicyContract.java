package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.target.proxy.StandIn;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every policy has to keep, whatever it decides. Extended for each policy, with settings and requests for which
/// it does something:
///
/// ```java
/// class IpRulesContractTest extends PolicyContract {
///     @Override
///     protected PolicyFactory<?> factory() {
///         return new IpRulesPolicyFactory();
///     }
///
///     @Override
///     protected String settings() {
///         return "{ deny: [ 10.0.0.0/8 ] }";
///     }
///
///     @Override
///     protected List<PolicyRequest> requests() {
///         return List.of(request("GET /"), request("GET /").from("10.0.0.7"));
///     }
/// }
/// ```
public abstract class PolicyContract {
    private static final int THREADS = 4;
    private static final int REQUESTS_OF_EACH = 50;
    private static final String SECRET = "s3cr3t-0f-4-cl13nt";
    private static final List<String> SECRET_FIELDS =
            List.of("Authorization", "Proxy-Authorization", "Cookie", "X-API-Key");

    /// What makes the policy.
    protected abstract PolicyFactory<?> factory();

    /// As they stand in its slot: a map of keys, so that `shadow` may stand beside them.
    protected abstract String settings();

    /// Some that the policy treats differently. Each is sent several times.
    protected abstract List<PolicyRequest> requests();

    /// The path of its route.
    protected String path() {
        return "/**";
    }

    /// What has to stand around it in the file: sections, other slots of its route.
    protected PolicyHarness.Setup around(PolicyHarness.Setup setup) {
        return setup;
    }

    /// What the service answers.
    protected Answer answer(SentRequest request) {
        return Answer.of(200, "an answer of the service").header("Content-Type", "text/plain");
    }

    /// What those answer whom the policy calls.
    protected Answer called(HttpRequest request) {
        throw new AssertionError("the policy calls " + request.uri() + ": override 'called'");
    }

    /// Settings that are refused, and the key, or another word, that the message shows them by.
    protected Map<String, String> mistakes() {
        return Map.of();
    }

    // ── explain

    @Test
    void explain_says_the_same_twice() {
        try (PolicyHarness harness = open(setup())) {
            for (PolicyRequest request : requests()) {
                String first = harness.explain(request).decided();
                assertThat(harness.explain(request).decided())
                        .as("%s, explained again", request)
                        .isEqualTo(first);
            }
        }
    }

    @Test
    void explain_says_what_would_be_done() {
        for (PolicyRequest request : requests()) {
            try (PolicyHarness asked = open(setup());
                    PolicyHarness done = open(setup())) {
                PolicyResult explained = asked.explain(request);
                if (explained.steps().stream().noneMatch(step -> step.verdict() == Verdict.SKIP)) {
                    assertThat(explained.decided())
                            .as("%s, explained", request)
                            .isEqualTo(done.send(request).decided());
                }
            }
        }
    }

    @Test
    void explain_leaves_no_trace() {
        try (PolicyHarness explained = open(setup());
                PolicyHarness untouched = open(setup())) {
            for (int round = 0; round < 3; round++) {
                for (PolicyRequest request : requests()) {
                    requests().forEach(explained::explain);
                    assertThat(seen(explained.send(request)))
                            .as("%s, after others were explained", request)
                            .isEqualTo(seen(untouched.send(request)));
                }
            }
        }
    }

    // ── shadow

    @Test
    void in_shadow_mode_nobody_outside_notices_it() {
        try (PolicyHarness shadow = open(setup().shadow());
                PolicyHarness without = open(setup().without())) {
            for (int round = 0; round < 2; round++) {
                for (PolicyRequest request : requests()) {
                    assertThat(shadow.send(request).seenOutside())
                            .as("%s, with the policy in shadow mode", request)
                            .isEqualTo(without.send(request).seenOutside());
                }
            }
        }
    }

    // ── hooks

    @Test
    void hooks_neither_wait_nor_throw() {
        try (PolicyHarness harness = open(setup())) {
            requests().forEach(harness::send); // what is done only once, such as loading a class, may wait
            harness.watch().misdeeds.removeIf(misdeed -> misdeed.contains("waited"));
            for (int round = 0; round < 3; round++) {
                requests().forEach(harness::send);
            }
            assertThat(harness.watch().misdeeds).isEmpty();
        }
    }

    @Test
    void each_exchange_ends_once_for_it_however_it_ends() {
        try (PolicyHarness harness = open(setup())) {
            for (PolicyRequest request : requests()) {
                harness.send(request);
                for (StandIn.Fails.How how : StandIn.Fails.How.values()) {
                    harness.serviceFails(how).send(request);
                }
                harness.serviceAnswers(answer -> answer(answer).after(Duration.ofHours(1)));
                harness.sendAndLeave(request, Duration.ZERO);
                harness.sendAndLeave(request, Duration.ofSeconds(1));
                harness.serviceAnswers(this::answer);
                assertThat(harness.watch().asked.get()).as("calls of onRequest").isPositive();
                assertThat(harness.watch().ended)
                        .as("calls of onEnd, after %s", request)
                        .hasValue(harness.watch().asked.get());
            }
            assertThat(harness.watch().misdeeds.stream().filter(misdeed -> misdeed.contains("threw")))
                    .isEmpty();
        }
    }

    @Test
    void it_is_closed_with_its_configuration() {
        PolicyHarness harness = open(setup());
        requests().forEach(harness::send);
        assertThat(harness.watch().closed).hasValue(0);

        harness.close();

        assertThat(harness.watch().closed).hasValue(harness.watch().made.get()).hasPositiveValue();
    }

    @Test
    void many_threads_may_ask_it_at_once() throws InterruptedException {
        try (PolicyHarness harness = open(setup())) {
            List<String> failures = harness.crowd(THREADS, REQUESTS_OF_EACH, requests());
            assertThat(failures).isEmpty();
            assertThat(harness.watch().misdeeds.stream().filter(misdeed -> misdeed.contains("threw")))
                    .isEmpty();
            assertThat(harness.watch().ended).hasValue(harness.watch().asked.get());
        }
    }

    // ── what it tells

    @Test
    void notes_hold_no_secrets_of_clients() {
        try (PolicyHarness harness = open(setup())) {
            for (PolicyRequest plain : requests()) {
                PolicyRequest request = plain;
                for (String field : SECRET_FIELDS) {
                    request = request.header(field, SECRET);
                }
                for (PolicyResult result : List.of(harness.explain(request), harness.send(request))) {
                    for (PolicyStep step : result.steps()) {
                        assertThat(step.facts() + step.reason())
                                .as("what %s tells of %s", step.policy(), request)
                                .doesNotContain(SECRET);
                    }
                }
            }
        }
    }

    // ── settings

    @Test
    void settings_that_say_the_same_are_equal() {
        assertThat(setup().config())
                .as("a reload carries over what is equal")
                .isEqualTo(setup().config())
                .hasSameHashCodeAs(setup().config());
    }

    @Test
    void a_key_it_does_not_know_is_refused() {
        assertThat(PolicyHarness.mistakes(factory(), "{ no_such_key: 1 }")).contains("unknown key 'no_such_key'");
    }

    @TestFactory
    Stream<DynamicTest> settings_that_make_no_sense_are_refused_with_their_key() {
        return mistakes().entrySet().stream()
                .map(mistake -> DynamicTest.dynamicTest(
                        mistake.getKey(),
                        () -> assertThat(PolicyHarness.mistakes(factory(), mistake.getKey()))
                                .contains("error[")
                                .contains(mistake.getValue())));
    }

    private PolicyHarness.Setup setup() {
        return around(PolicyHarness.with(factory(), settings()).path(path()));
    }

    private PolicyHarness open(PolicyHarness.Setup setup) {
        return setup.open().serviceAnswers(this::answer).calledAnswers(this::called);
    }

    private static String seen(PolicyResult result) {
        return result.decided() + "\n" + result.seenOutside();
    }
}
