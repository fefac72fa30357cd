package dev.gatehouse.it.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The product's first promise: what `explain` says is what the wire does. Random requests are explained, twice, and
/// then
/// sent; the route, the decision of every policy, the answer or the service, its instance and what it is sent must be
/// the
/// same. That they are, request after request, shows too that explaining moves no counter and takes nobody's turn.
@LeavesNothingBehind
class ExplainPropertyTest {
    private static final int CONFIGS = 100;
    private static final int REQUESTS = 105;
    private static final long SEED = Long.getLong("gatehouse.test.seed", 20_261_122);
    private static final LoadOptions OPTIONS = LoadOptions.standard().withExtensions(TestPolicies.EXTENSIONS);

    private final Random random = new Random(SEED);
    private final BlockingQueue<DecisionTrace> ended = new LinkedBlockingQueue<>();
    private final List<FakeService> instances = new ArrayList<>();

    /// How often what was compared: a property of requests that all get 404 says nothing.
    private final Map<String, Integer> kinds = new TreeMap<>();

    @Test
    void what_explain_says_is_what_the_wire_does() throws InterruptedException {
        for (int i = 0; i < 11; i++) {
            instances.add(instance());
        }
        String services = services();
        try (TestGateway gateway = TestGateway.from(config(services), OPTIONS)) {
            gateway.gateway().watch(new Traces());
            try (Wire wire = new Wire(gateway.port())) {
                for (int config = 0; config < CONFIGS; config++) {
                    String text = config(services);
                    gateway.reload(text);
                    // Whom a listener trusts is settled when a client connects.
                    wire.close();
                    for (int i = 0; i < REQUESTS; i++) {
                        compare(gateway, wire, RandomRequest.of(random), text);
                    }
                }
            }
        } finally {
            instances.forEach(FakeService::close);
        }
        assertThat(kinds.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(10_000);
        assertThat(kinds)
                .as("how often each way to end was taken")
                .containsKeys("BAD_REQUEST", "METHOD_NOT_ALLOWED", "NO_ROUTE", "FORBIDDEN", "route", "service", "gate")
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isGreaterThan(10));
        assertThat(kinds.get("service")).isGreaterThan(3_000);
    }

    // ── one request
    // ──────────────────────────────────────────────────────────────────────────────────────────────────

    private void compare(TestGateway gateway, Wire wire, RandomRequest request, String config)
            throws InterruptedException {
        boolean recorded = random.nextBoolean();
        gateway.gateway().telemetry().recordAll(recorded);
        Rehearsal rehearsal = Rehearsal.explaining(gateway.gateway().snapshot());
        Reply said = rehearsal.ask(request.question());
        Reply again = Rehearsal.explaining(gateway.gateway().snapshot()).ask(request.question());
        RawAnswer answer = wire.ask(request);
        DecisionTrace did = ended.poll(5, TimeUnit.SECONDS);

        String about = "seed " + SEED + "\n" + config + "\n" + request.wire() + "\n" + answer + "\n" + said.trace()
                + "\n" + did;
        assertThat(untimed(again.trace())).as(about).isEqualTo(untimed(said.trace()));
        assertThat(did).as(about).isNotNull();
        compare(said, did, answer, about);
        String code = said.trace().code();
        kinds.merge(code == null ? said.trace().answeredBy() : code, 1, Integer::sum);
        if (recorded) {
            boolean served = !said.trace().destinations().isEmpty();
            // A service's answer climbs through policies that explain has no answer for.
            assertThat(steps(did, served)).as(about).isEqualTo(steps(said.trace(), served));
        } else {
            assertThat(ends(did)).as(about).isEqualTo(ends(said.trace()));
        }
    }

    private void compare(Reply said, DecisionTrace did, RawAnswer answer, String about) {
        DecisionTrace trace = said.trace();
        assertThat(did.winner()).as(about).isEqualTo(trace.winner());
        // explain adds those that came near.
        assertThat(trace.candidates()).as(about).startsWith(did.candidates().toArray(DecisionTrace.Candidate[]::new));
        assertThat(did.answeredBy()).as(about).isEqualTo(trace.answeredBy());
        String at = answer.header("X-At");
        if (trace.destinations().isEmpty()) {
            assertThat(at).as(about).isNull();
            assertThat(answer.status()).as(about).isEqualTo(said.status()).isEqualTo(trace.status());
            assertThat(answer.header("Gatehouse-Error")).as(about).isEqualTo(trace.code());
            assertThat(did.code()).as(about).isEqualTo(trace.code());
            assertThat(did.message()).as(about).isEqualTo(trace.message());
            assertThat(did.ahead()).as(about).isEqualTo(trace.ahead());
            assertThat(answer.header("Location")).as(about).isEqualTo(said.header("Location"));
            assertThat(answer.header("X-Served")).as(about).isEqualTo(said.header("X-Served"));
            if (trace.code() == null) {
                assertThat(answer.body()).as(about).isEqualTo(said.body());
            }
        } else {
            assertThat(at).as(about).isNotNull();
            assertThat(did.destinations()).as(about).hasSize(1);
            String service = did.destinations().getFirst().service();
            Destination to = trace.destinations().stream()
                    .filter(one -> one.service().equals(service))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(about));
            String address = instances.get(Integer.parseInt(at)).address();
            assertThat(to.instance()).as(about).isEqualTo(address);
            assertThat(did.destinations().getFirst().instance()).as(about).isEqualTo(address);
            assertThat(did.destinations().getFirst().target()).as(about).isEqualTo(to.target());
            assertThat(answer.header("X-Saw")).as(about).isEqualTo(to.target());
            assertThat(answer.header("X-Saw-Host")).as(about).isEqualTo(to.host());
        }
    }

    private static DecisionTrace untimed(DecisionTrace trace) {
        return new DecisionTrace(
                trace.candidates(),
                steps(trace, false),
                trace.ahead(),
                trace.destinations(),
                trace.status(),
                trace.code(),
                trace.message(),
                trace.answeredBy(),
                trace.recorded());
    }

    private static List<PolicyStep> steps(DecisionTrace trace, boolean downOnly) {
        return trace.steps().stream()
                .filter(step -> !downOnly || !step.onAnswer())
                .map(step -> new PolicyStep(
                        step.policy(),
                        step.place(),
                        step.onAnswer(),
                        step.verdict(),
                        step.shadow(),
                        step.facts(),
                        step.reason(),
                        -1))
                .toList();
    }

    /// What put an end to it, and what would have in shadow mode: all that is known of the policies afterwards.
    private static List<String> ends(DecisionTrace trace) {
        return trace.steps().stream()
                .filter(step -> switch (step.verdict()) {
                    case DENY, ANSWER, ERROR -> true;
                    case PASS, MODIFY, SKIP -> false;
                })
                .map(step -> step.policy() + " " + step.verdict() + " " + step.reason())
                .sorted()
                .toList();
    }

    // ── the stage
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    private FakeService instance() {
        int number = instances.size();
        return FakeService.with().keepNothing().handling(request -> answer(number, request));
    }

    private static Answer answer(int number, RecordedRequest request) {
        return Answer.of(200, "")
                .header("X-At", Integer.toString(number))
                .header("X-Saw", request.method() + " " + request.target())
                .header("X-Saw-Host", String.valueOf(request.header("Host")));
    }

    /// One that is alone, one more, three by the hash of a header, three in turn, three in turn by weight.
    private String services() {
        return """
                services:
                  alone: { instances: [ "%s" ] }
                  other: { instances: [ "%s" ] }
                  hashed: { load_balancer: { algorithm: consistent_hash, key: "{header.x-user}" }, instances: [ %s ] }
                  turns: { instances: [ %s ] }
                  weighted: { instances: [ %s ] }
                """.formatted(
                        instances.get(0).address(),
                        instances.get(1).address(),
                        three(2, ""),
                        three(5, ""),
                        three(8, "weight: 3"));
    }

    private String three(int from, String firstHas) {
        return instances.subList(from, from + 3).stream()
                .map(one -> one == instances.get(from) && !firstHas.isEmpty()
                        ? "{ url: \"" + one.address() + "\", " + firstHas + " }"
                        : '"' + one.address() + '"')
                .collect(Collectors.joining(", "));
    }

    /// One without mistakes: ties are likely, and cannot be where each route has a priority of its own.
    private String config(String services) {
        String text = RandomConfig.of(random, services, false);
        if (hasMistakes(text)) {
            text = RandomConfig.of(random, services, true);
        }
        return text;
    }

    private static boolean hasMistakes(String text) {
        SourceFile file = new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), text);
        return ConfigCheck.dryRun(ConfigLoader.load(file, OPTIONS)).hasErrors();
    }

    private final class Traces implements Observer {
        @Override
        public SummarySink on(int loop) {
            return summary -> ended.add(summary.trace());
        }

        @Override
        public void close() {}
    }

    /// One connection as long as it lasts, and then another.
    private static final class Wire implements AutoCloseable {
        private final int port;
        private @Nullable RawClient client;

        Wire(int port) {
            this.port = port;
        }

        RawAnswer ask(RandomRequest request) {
            RawClient on = client == null ? RawClient.connect(port) : client;
            client = on;
            on.send(request.wire());
            RawAnswer answer = request.method().equals("HEAD") ? on.readAnswerToHead() : on.readAnswer();
            if ("close".equals(answer.header("Connection"))) {
                close();
            }
            return answer;
        }

        @Override
        public void close() {
            RawClient open = client;
            client = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
