package dev.gatehouse.engine.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.target.proxy.StandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DressRehearsalTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final String CONFIG = """
            services:
              users: { instances: [ "http://users.internal:8080" ], timeout: { first_byte: 2s } }
            routes:
              - { path: "/u/{id}", service: users, rewrite: "/v2/users/{id}?full=1", rewrite_host: service }
              - { path: /late, service: users, pause: { time: 30s } }
              - { path: /once, service: users, once: { per: 1m } }
              - { path: /loud, service: users, shout: { limit: 1000 } }
            """;

    private final List<SentRequest> sent = new ArrayList<>();

    @Test
    void a_stand_in_is_shown_what_the_service_would_be_sent_and_answers_for_it() {
        Reply reply = ask(answering("hello", Duration.ZERO), Question.of("GET", "/u/42?x=1"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-Made-By")).isEqualTo("stand-in");
        assertThat(new String(reply.body(), UTF_8)).isEqualTo("hello");
        assertThat(reply.trace().answeredBy()).isEqualTo("service");
        assertThat(sent).singleElement().satisfies(one -> {
            assertThat(one.service()).isEqualTo("users");
            assertThat(one.target()).isEqualTo("/v2/users/42?full=1");
            assertThat(one.header("host")).isEqualTo("users.internal:8080");
            assertThat(one.header("x-forwarded-for")).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void the_body_of_a_request_reaches_the_stand_in() {
        Question question = new Question(
                "POST", "/u/1", List.of(Map.entry("Host", "a")), "some text".getBytes(UTF_8), Question.LOCAL, null);

        ask(answering("", Duration.ZERO), question);

        assertThat(new String(sent.getFirst().body(), UTF_8)).isEqualTo("some text");
    }

    @Test
    void an_answer_that_takes_longer_than_the_service_may_is_a_time_out() {
        try (DressRehearsal rehearsal = rehearsal(answering("late", Duration.ofSeconds(3)))) {
            Reply reply = rehearsal.ask(Question.of("GET", "/u/42"));

            assertThat(reply.trace().code()).isEqualTo("SERVICE_TIMEOUT");
            assertThat(Duration.between(BEGIN, rehearsal.now()).toMillis()).isBetween(2000L, 2020L);
        }
    }

    @Test
    void a_service_that_cannot_be_reached_is_the_gateways_503() {
        Reply reply =
                ask(_ -> new StandIn.Fails(StandIn.Fails.How.CONNECT, Duration.ZERO), Question.of("GET", "/u/42"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Gatehouse-Error")).isEqualTo("SERVICE_UNAVAILABLE");
    }

    @Test
    void a_policy_that_waits_longer_than_its_route_is_patient_cannot_decide() {
        Reply reply = ask(answering("", Duration.ZERO), Question.of("GET", "/late"));

        assertThat(reply.trace().code()).isEqualTo("POLICY_UNDECIDED");
    }

    @Test
    void what_policies_remember_lasts_as_long_as_the_clock_says() {
        try (DressRehearsal rehearsal = rehearsal(answering("", Duration.ZERO))) {
            assertThat(rehearsal.ask(Question.of("GET", "/once")).status()).isEqualTo(200);
            assertThat(rehearsal.ask(Question.of("GET", "/once")).status()).isEqualTo(403);

            rehearsal.advance(Duration.ofSeconds(61));

            assertThat(rehearsal.ask(Question.of("GET", "/once")).status()).isEqualTo(200);
        }
        assertThat(ask(answering("", Duration.ZERO), Question.of("GET", "/once"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_policy_that_gathers_the_answer_of_a_stand_in_gets_it() {
        Reply reply = ask(answering("quiet", Duration.ofMillis(50)), Question.of("GET", "/loud"));

        assertThat(new String(reply.body(), UTF_8)).isEqualTo("QUIET");
    }

    private StandIn answering(String body, Duration delay) {
        return request -> {
            sent.add(request);
            return new StandIn.Answer(200, List.of(Map.entry("X-Made-By", "stand-in")), body.getBytes(UTF_8), delay);
        };
    }

    private static Reply ask(StandIn standIn, Question question) {
        try (DressRehearsal rehearsal = rehearsal(standIn)) {
            return rehearsal.ask(question);
        }
    }

    private static DressRehearsal rehearsal(StandIn standIn) {
        Extensions extensions =
                new Extensions(List.of(new PauseFactory(), new OnceFactory(), new ShoutFactory()), List.of());
        Loaded loaded = ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("gateway.yaml"), CONFIG),
                LoadOptions.standard().withExtensions(extensions));
        assertThat(loaded.hasErrors()).as(TextReport.of(loaded.diagnostics())).isFalse();
        return new DressRehearsal(Plan.of(loaded), standIn, BEGIN);
    }

    // ── policies

    @Settings(name = "pause", value = "Waits.")
    public record PauseConfig(@Setting("How long.") Duration time) {}

    private record PauseFactory() implements PolicyFactory<PauseConfig> {
        @Override
        public String name() {
            return "pause";
        }

        @Override
        public Class<PauseConfig> configType() {
            return PauseConfig.class;
        }

        @Override
        public List<Staged> create(PauseConfig config, PolicyContext context) {
            return List.of(new Staged(Stage.LIMIT, new Policy() {
                @Override
                public Decision onRequest(Exchange exchange) {
                    return new Decision.Await(exchange.after(config.time()).thenApply(_ -> Decision.CONTINUE));
                }
            }));
        }
    }

    @Settings(name = "once", value = "Lets one pass in a time.")
    public record OnceConfig(@Setting("The time.") Duration per) {}

    private record OnceFactory() implements PolicyFactory<OnceConfig> {
        @Override
        public String name() {
            return "once";
        }

        @Override
        public Class<OnceConfig> configType() {
            return OnceConfig.class;
        }

        @Override
        public List<Staged> create(OnceConfig config, PolicyContext context) {
            StateRef<Store> store = context.store();
            return List.of(new Staged(Stage.LIMIT, new Policy() {
                @Override
                public Decision onRequest(Exchange exchange) {
                    CompletionStage<Decision> first = exchange.state(store)
                            .putIfAbsent("seen", new byte[0], config.per())
                            .thenApply(fresh -> fresh
                                    ? Decision.CONTINUE
                                    : new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "Not again.")));
                    return new Decision.Await(first);
                }
            }));
        }
    }

    @Settings(name = "shout", value = "Answers in capitals.")
    public record ShoutConfig(
            @Setting("Octets of the body.") int limit) {}

    private record ShoutFactory() implements PolicyFactory<ShoutConfig> {
        @Override
        public String name() {
            return "shout";
        }

        @Override
        public Class<ShoutConfig> configType() {
            return ShoutConfig.class;
        }

        @Override
        public List<Staged> create(ShoutConfig config, PolicyContext context) {
            return List.of(new Staged(Stage.TRANSFORM, new Policy() {
                @Override
                public Decision onResponse(Exchange exchange, Response response) {
                    return new Decision.Await(response.body()
                            .collect(config.limit())
                            .thenApply(octets -> {
                                response.set(HeaderName.of("X-Loud"), "yes");
                                response.body()
                                        .replace(new String(octets, UTF_8)
                                                .toUpperCase()
                                                .getBytes(UTF_8));
                                return Decision.CONTINUE;
                            }));
                }
            }));
        }
    }
}
