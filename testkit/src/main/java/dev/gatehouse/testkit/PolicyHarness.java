package dev.gatehouse.testkit;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.explain.DressRehearsal;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.target.proxy.StandIn;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// YAML in, request in, decision out: one policy on one route, with the gateway's own code around it, a service
/// that is scripted and a clock that is moved by hand. Opens no socket and takes no time.
///
/// ```java
/// try (var harness = PolicyHarness.of(new IpRulesPolicyFactory(), "{ deny: [ 10.0.0.0/8 ] }")) {
///     PolicyResult result = harness.send(request("GET /menus").from("10.0.0.7"));
///     assertThat(result.verdict()).isEqualTo(Verdict.DENY);
///     assertThat(result.status()).isEqualTo(403);
///     assertThat(result.reachedService()).isFalse();
/// }
/// ```
///
/// What the policy remembers lasts as long as the harness. For the thread that made it.
public final class PolicyHarness implements AutoCloseable {
    /// What time it is at first: a Friday.
    public static final Instant BEGIN = Instant.parse("2026-01-02T12:00:00Z");

    private static final Answer OK = Answer.of(200, "ok");

    private final HookWatch watch;
    private final HarnessCounters counters = new HarnessCounters();
    private final DressRehearsal stage;
    private final Rehearsal explaining;
    private volatile Function<SentRequest, StandIn.Act> service = _ -> act(OK);
    private volatile Function<HttpRequest, CompletableFuture<HttpResponse<byte[]>>> called = PolicyHarness::nobody;
    private volatile @Nullable SentRequest sent;

    private PolicyHarness(Setup setup) {
        this.watch = setup.watch;
        this.stage = new DressRehearsal(
                Plan.of(setup.load()), this::answer, setup.begin, counters, request -> called.apply(request));
        this.explaining = Rehearsal.explaining(stage.snapshot());
    }

    /// A policy on the route `/**`.
    ///
    /// @param settings as they stand in the policy's slot
    /// @throws AssertionError with all that is wrong with them
    public static PolicyHarness of(PolicyFactory<?> factory, String settings) {
        return with(factory, settings).open();
    }

    /// A policy by its slot: its factory is found as a gateway finds it.
    ///
    /// @throws AssertionError when there is none, or with all that is wrong with the settings
    public static PolicyHarness of(String slot, String settings) {
        for (PolicyFactory<?> factory : ServiceLoader.load(PolicyFactory.class)) {
            if (factory.name().equals(slot)) {
                return of(factory, settings);
            }
        }
        throw new AssertionError("META-INF/services names no factory of the slot '" + slot + "'");
    }

    /// The same, with more to say.
    public static Setup with(PolicyFactory<?> factory, String settings) {
        return new Setup(factory, settings);
    }

    /// What `gatehouse check` would say of these settings; empty when nothing is wrong with them.
    public static String mistakes(PolicyFactory<?> factory, String settings) {
        return with(factory, settings).check();
    }

    // ── who is outside

    /// What the service answers from now on; at first it is 200 `ok`. An answer that takes longer than the route's
    /// time-outs is a time-out.
    public PolicyHarness serviceAnswers(Answer answer) {
        return serviceAnswers(_ -> answer);
    }

    public PolicyHarness serviceAnswers(Function<SentRequest, Answer> script) {
        service = request -> act(script.apply(request));
        return this;
    }

    /// From now on it does not.
    public PolicyHarness serviceFails(StandIn.Fails.How how) {
        service = _ -> new StandIn.Fails(how, Duration.ZERO);
        return this;
    }

    /// What those answer whom the policy calls itself; at first nobody does.
    public PolicyHarness calledAnswers(Function<HttpRequest, Answer> script) {
        called = request -> CompletableFuture.completedFuture(new HarnessCall(request, script.apply(request)));
        return this;
    }

    private static CompletableFuture<HttpResponse<byte[]>> nobody(HttpRequest request) {
        return CompletableFuture.failedFuture(new IOException("nobody answers " + request.uri()));
    }

    private static StandIn.Act act(Answer answer) {
        List<Map.Entry<String, String>> headers = answer.headers().stream()
                .map(field -> Map.entry(field.name(), field.value()))
                .toList();
        return new StandIn.Answer(answer.status(), headers, answer.body(), answer.delay());
    }

    private StandIn.Act answer(SentRequest request) {
        sent = request;
        return service.apply(request);
    }

    // ── requests

    /// @param line method and target: `GET /menus/7?lang=de`
    public PolicyResult send(String line) {
        return send(PolicyRequest.request(line));
    }

    /// Sends a request, and lets as much time pass as the answer takes.
    public PolicyResult send(PolicyRequest request) {
        Instant begun = stage.now();
        sent = null;
        Reply reply = stage.ask(request.question());
        return new PolicyResult(reply, sent, Duration.between(begun, stage.now()));
    }

    /// Sends a request and leaves after so long.
    public PolicyResult sendAndLeave(PolicyRequest request, Duration after) {
        Instant begun = stage.now();
        sent = null;
        Reply reply = stage.askAndLeave(request.question(), after);
        return new PolicyResult(reply, sent, Duration.between(begun, stage.now()));
    }

    /// What `gatehouse explain` would say: no service is asked and nothing is remembered.
    public PolicyResult explain(PolicyRequest request) {
        return new PolicyResult(explaining.ask(request.question()), null, Duration.ZERO);
    }

    // ── time and numbers

    /// So much time passes.
    public PolicyHarness advance(Duration time) {
        stage.advance(time);
        return this;
    }

    public Instant now() {
        return stage.now();
    }

    /// What a counter of the policy stands at; 0 when nothing was counted.
    public long counter(String name, String... labels) {
        return counters.value(name, labels);
    }

    HookWatch watch() {
        return watch;
    }

    /// Has many threads send requests at once; no time passes.
    ///
    /// @return what went wrong in the gateway
    List<String> crowd(int threads, int each, List<PolicyRequest> requests) throws InterruptedException {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            crowd.add(Thread.ofPlatform().name("policy-crowd-" + i).start(() -> {
                Rehearsal rehearsal =
                        new Rehearsal(stage.snapshot(), () -> 0, new CrowdOutside(request -> called.apply(request)));
                for (int sentBefore = 0; sentBefore < each; sentBefore++) {
                    for (PolicyRequest request : requests) {
                        try {
                            Reply reply = rehearsal.ask(request.question());
                            if (FailureKind.INTERNAL_ERROR
                                    .name()
                                    .equals(reply.trace().code())) {
                                failures.add(request + ": " + reply.trace());
                            }
                        } catch (RuntimeException | AssertionError e) {
                            failures.add(request + ": " + e);
                        }
                    }
                }
            }));
        }
        for (Thread one : crowd) {
            one.join();
        }
        return List.copyOf(failures);
    }

    /// Closes the policy, as a gateway does when its configuration is gone.
    @Override
    public void close() {
        stage.close();
    }

    /// What a harness is made of; everything has a default.
    public static final class Setup {
        private final HookWatch watch = new HookWatch();
        private final PolicyFactory<?> factory;
        private final String settings;
        private String path = "/**";
        private String sections = "";
        private List<String> options = List.of();
        private Extensions others = new Extensions(List.of(), List.of());
        private boolean shadow;
        private boolean without;
        private Instant begin = BEGIN;

        private Setup(PolicyFactory<?> factory, String settings) {
            this.factory = factory;
            this.settings = settings;
        }

        /// The path of the route: `/menus/{id}`, for policies that ask for its parameters.
        public Setup path(String pattern) {
            path = pattern;
            return this;
        }

        /// What else stands in the file: `security`, `plans`, `stores`. What it needs is found as a gateway finds
        /// it.
        public Setup sections(String yaml) {
            sections = yaml.endsWith("\n") ? yaml : yaml + "\n";
            others = Extensions.found();
            return this;
        }

        /// More keys of the route, one per line: other slots, methods.
        public Setup route(String... lines) {
            options = List.of(lines);
            others = Extensions.found();
            return this;
        }

        /// The policy is tried only: `shadow: true`.
        public Setup shadow() {
            shadow = true;
            return this;
        }

        /// The route does not have it: what would come without.
        Setup without() {
            without = true;
            return this;
        }

        /// What time it is at first.
        public Setup begin(Instant time) {
            begin = time;
            return this;
        }

        /// @throws AssertionError with all that is wrong with the settings
        public PolicyHarness open() {
            return new PolicyHarness(this);
        }

        /// What `gatehouse check` would say; empty when there is nothing to say.
        public String check() {
            return TextReport.of(ConfigCheck.dryRun(read()).diagnostics());
        }

        private Loaded load() {
            Loaded loaded = read();
            ConfigCheck check = ConfigCheck.dryRun(loaded);
            if (check.hasErrors()) {
                throw new AssertionError(TextReport.of(check.diagnostics()));
            }
            watch.made.set(0);
            watch.closed.set(0);
            return loaded;
        }

        Loaded read() {
            Path nowhere = Path.of("gateway.yaml").toAbsolutePath();
            LoadOptions options = LoadOptions.standard(others.with(watch.over(factory)));
            return ConfigLoader.load(new SourceFile("gateway.yaml", nowhere, yaml()), options);
        }

        /// The settings as the configuration has them.
        Record config() {
            GatewayConfig config = load().config();
            if (config == null) {
                throw new AssertionError("loaded, and not there");
            }
            return Objects.requireNonNull(
                            config.routes().getFirst().policies().get(factory.name()), "the slot of the policy")
                    .config();
        }

        private String yaml() {
            String slot = factory.name();
            String route = "services: { service: { instances: [ service.example:8080 ] } }\n"
                    + "routes:\n"
                    + "  - name: route\n"
                    + "    path: " + path + "\n"
                    + "    service: service\n"
                    + String.join("\n", options).indent(4);
            if (without) {
                return sections + route;
            }
            if (shadow) {
                return sections + "policies:\n  " + slot + ":\n    settings:\n" + settings.indent(6) + route + "    "
                        + slot + ": { extends: settings, shadow: true }\n";
            }
            return sections + route + "    " + slot + ":\n" + settings.indent(6);
        }
    }
}
