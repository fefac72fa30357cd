package dev.gatehouse.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A policy in shadow mode decides, is told of, and changes nothing; and `explain` leaves everything as it is.
@LeavesNothingBehind
class ShadowTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Attribute<String> MARK = Attribute.of("mark");
    private static final LoadOptions OPTIONS =
            LoadOptions.standard().withExtensions(new Extensions(List.of(new TurnstileFactory()), List.of()));

    @Test
    void what_it_would_refuse_is_served_and_told() {
        List<PolicyStep> told = new CopyOnWriteArrayList<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "{ passes: 1, shadow: true }"), OPTIONS);
                var client = RawClient.connect(gateway.port())) {
            gateway.gateway().watch(new Shadows(told));

            for (int i = 0; i < 3; i++) {
                RawAnswer answer = client.send(GET).readAnswer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("X-Turn")).isNull();
            }
            assertThat(service.awaitRequests(3))
                    .extracting(request -> request.header("X-Turn"))
                    .containsOnlyNulls();
            assertThat(told).hasSize(2).allSatisfy(step -> {
                assertThat(step.policy()).isEqualTo("turnstile");
                assertThat(step.place()).isEqualTo("gateway.yaml:4:51");
                assertThat(step.verdict()).isEqualTo(Verdict.DENY);
                assertThat(step.reason()).matches("Turned [23] times\\.");
            });
        }
    }

    @Test
    void what_it_counts_is_apart_from_what_the_same_policy_counts_in_earnest() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(shared(service), OPTIONS);
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(client, "/shadow").status()).isEqualTo(200);
            }
            assertThat(ask(client, "/earnest").status()).isEqualTo(200);
            assertThat(ask(client, "/earnest").status()).isEqualTo(403);
        }
    }

    @Test
    void explaining_counts_nothing() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "{ passes: 1 }"), OPTIONS);
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 3; i++) {
                Reply reply = Rehearsal.explaining(gateway.gateway().snapshot()).ask(Question.of("GET", "/"));
                assertThat(reply.status()).isZero();
                assertThat(reply.trace().destinations()).hasSize(1);
                assertThat(reply.trace().steps())
                        .extracting(PolicyStep::verdict)
                        .containsExactly(Verdict.MODIFY);
            }
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(200);
            Reply reply = Rehearsal.explaining(gateway.gateway().snapshot()).ask(Question.of("GET", "/"));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.trace().answeredBy()).isEqualTo("turnstile");
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(403);
            assertThat(service.requestCount()).isEqualTo(1);
        }
    }

    @Test
    void state_survives_a_reload_and_goes_with_the_last_route_that_names_it() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "{ passes: 2 }"), OPTIONS);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(200);
            gateway.reload(file(service, "{ passes: 2 }") + "  - { path: /more, respond: { status: 204 } }\n");
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(200);
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(403);
            gateway.reload(file(service, "none"));
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_refusal_tells_who_refused_and_where_that_is_configured() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "{ passes: 0 }"), OPTIONS)) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("FORBIDDEN");
            assertThat(answer.text()).contains("\"policy\":\"turnstile\"").contains("\"at\":\"gateway.yaml:4:51\"");
        }
    }

    private static RawAnswer ask(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
    }

    private static String file(FakeService service, String turnstile) {
        return """
                listeners: { main: {} }
                services: { s: { instances: [ "%s" ] } }
                routes:
                  - { name: only, path: /, service: s, turnstile: %s }
                """.formatted(service.url(), turnstile);
    }

    private static String shared(FakeService service) {
        return """
                listeners: { main: {} }
                services: { s: { instances: [ "%s" ] } }
                policies: { turnstile: { door: { passes: 1 }, tried: { extends: door, shadow: true } } }
                routes:
                  - { path: /earnest, service: s, turnstile: door }
                  - { path: /shadow, service: s, turnstile: tried }
                """.formatted(service.url());
    }

    // ── a policy that counts
    // ─────────────────────────────────────────────────────────────────────────────────────────

    @Settings(name = "turnstile", value = "Lets so many pass.")
    public record TurnstileConfig(
            @Setting(value = "How many.", min = "0") int passes) {}

    static final class Turns implements SharedState<Turns> {
        private final AtomicInteger count;

        Turns(int from) {
            count = new AtomicInteger(from);
        }

        @Override
        public Turns peek() {
            return new Turns(count.get());
        }
    }

    static final class TurnstileFactory implements PolicyFactory<TurnstileConfig> {
        @Override
        public String name() {
            return "turnstile";
        }

        @Override
        public Class<TurnstileConfig> configType() {
            return TurnstileConfig.class;
        }

        @Override
        public List<Staged> create(TurnstileConfig config, PolicyContext context) {
            return List.of(new Staged(
                    Stage.LIMIT, new Turnstile(config.passes(), context.state("turns", () -> new Turns(0)))));
        }
    }

    private record Turnstile(int passes, StateRef<Turns> turns) implements Policy {
        @Override
        public Decision onRequest(Exchange exchange) {
            int turn = exchange.state(turns).count.incrementAndGet();
            exchange.setRequestHeader(HeaderName.of("X-Turn"), String.valueOf(turn));
            exchange.set(MARK, "turned");
            return turn <= passes
                    ? Decision.CONTINUE
                    : new Decision.Await(CompletableFuture.completedStage(
                            new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "Turned " + turn + " times."))));
        }

        @Override
        public Decision onResponse(Exchange exchange, Response response) {
            response.set(HeaderName.of("X-Turn"), "seen");
            if (exchange.mode() == Mode.SHADOW) {
                assertThat(exchange.get(MARK)).isNull();
                response.body().replace(new byte[0]);
                return new Decision.Respond(Response.of(500, Body.EMPTY));
            }
            return Decision.CONTINUE;
        }
    }

    private record Shadows(List<PolicyStep> told) implements Observer {
        @Override
        public SummarySink on(int loop) {
            return summary ->
                    summary.shadows().stream().filter(step -> !step.onAnswer()).forEach(told::add);
        }

        @Override
        public void close() {}
    }
}
