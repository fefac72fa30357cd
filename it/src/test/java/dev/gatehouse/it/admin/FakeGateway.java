package dev.gatehouse.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.admin.Customers;
import dev.gatehouse.app.admin.RunningGateway;
import dev.gatehouse.app.admin.view.CertificateStatus;
import dev.gatehouse.app.admin.view.ConfigMistake;
import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.app.admin.view.EffectiveConfig;
import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.InstanceState;
import dev.gatehouse.app.admin.view.InstanceStatus;
import dev.gatehouse.app.admin.view.ObtainedCertificate;
import dev.gatehouse.app.admin.view.Phase;
import dev.gatehouse.app.admin.view.RouteList;
import dev.gatehouse.app.admin.view.RouteStatus;
import dev.gatehouse.app.admin.view.RuntimeOverride;
import dev.gatehouse.app.admin.view.ServiceStatus;
import dev.gatehouse.app.admin.view.Trace;
import dev.gatehouse.app.admin.view.TraceToken;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.consumer.RevocationDesk;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.engine.store.MemoryStore;
import dev.gatehouse.engine.telemetry.metrics.MetricCatalogue;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A gateway that says what the test wants: one service with three instances, two routes, revision r18. Draining
/// works.
final class FakeGateway implements RunningGateway {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    volatile Phase phase = Phase.READY;
    volatile boolean stale;
    volatile String revision = "r18";
    volatile List<RouteStatus> routes = List.of(
            new RouteStatus(
                    "GET /menus/{restaurantId}",
                    List.of("api.example"),
                    "/menus/{restaurantId}",
                    List.of("GET"),
                    10,
                    "menu-service",
                    "gateway.yaml:85:9"),
            new RouteStatus("ANY /old/**", List.of(), "/old/**", List.of(), 0, "respond 403", null));

    volatile List<ObtainedCertificate> certificates = List.of();

    /// Something that must not happen: what health() throws.
    volatile @Nullable RuntimeException bug;

    /// What `explain` looks at.
    private static final SourceFile FILE =
            new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), """
            routes:
              - { path: "/menus/{id}", methods: [ GET ], service: "http://10.0.0.3:8080", rewrite: "/v2/{id}" }
              - { path: /beta, match: { headers: { X-Key: s3cret } }, respond: { body: hi } }
            """);

    private final MemoryStore revoked = new MemoryStore(System::nanoTime);

    final RecentRequests recent = new RecentRequests(1);

    private final Map<String, RuntimeOverride> drained = new ConcurrentSkipListMap<>();

    @Override
    public List<ObtainedCertificate> obtainedCertificates() {
        return certificates;
    }

    @Override
    public Health health() {
        RuntimeException thrown = bug;
        if (thrown != null) {
            throw thrown;
        }
        return new Health(
                phase, "1.0.0", revision, 3_725, new Health.ServiceCount(1, 0), List.of("http://0.0.0.0:8080"));
    }

    @Override
    public ConfigStatus config() {
        ConfigMistake mistake = new ConfigMistake(
                "GH1001",
                "error",
                "gateway.yaml",
                42,
                5,
                17,
                "services.menu-service",
                "unknown key 'load_balncer' in service 'menu-service'",
                "did you mean 'load_balancer'?",
                "gatehouse help GH1001");
        return new ConfigStatus(
                new ConfigStatus.Running(revision, NOON, "shop", List.of("gateway.yaml")),
                stale,
                stale ? new ConfigStatus.Rejection(NOON, List.of(mistake)) : null,
                new ConfigStatus.Reloads(17, stale ? 1 : 0));
    }

    @Override
    public EffectiveConfig effectiveConfig() {
        return new EffectiveConfig(revision, "name: shop\nstores:\n  redis: { url: \"***\" }\n");
    }

    @Override
    public RouteList routes() {
        return new RouteList(revision, routes);
    }

    /// So many routes instead of the two.
    void routes(int count) {
        routes = IntStream.range(0, count)
                .mapToObj(i ->
                        new RouteStatus("GET /r" + i, List.of(), "/r" + i, List.of("GET"), 0, "menu-service", null))
                .toList();
    }

    @Override
    public List<CertificateStatus> certificates() {
        return List.of(new CertificateStatus(
                "public",
                List.of("shop.example", "www.shop.example"),
                "ecdsa",
                "CN=Example CA",
                "2a",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                39));
    }

    @Override
    public List<ServiceStatus> services() {
        return List.of(new ServiceStatus(
                "menu-service",
                "round_robin",
                "gateway.yaml:41:3",
                new ServiceStatus.Connections(20, 6),
                List.of(
                        instance("10.0.3.11:8080", false),
                        instance("[fd00::1]:8080", false),
                        instance("dr:80", true))));
    }

    @Override
    public List<MetricFamily> metrics() {
        return List.of(MetricCatalogue.CONFIG_REVISION.at(18));
    }

    private InstanceStatus instance(String address, boolean backup) {
        boolean out = drained.containsKey(address);
        return new InstanceStatus(
                address,
                1,
                backup,
                out ? InstanceState.DRAINED : InstanceState.UP,
                out ? "drained by hand" : null,
                14,
                12_301,
                2,
                new InstanceStatus.Check(200, 4, NOON));
    }

    @Override
    public Optional<RuntimeOverride> drain(String service, String address, @Nullable Duration time) {
        if (!has(service, address)) {
            return Optional.empty();
        }
        RuntimeOverride made = new RuntimeOverride(
                service, address, InstanceState.DRAINED, NOON, time == null ? null : NOON.plus(time));
        drained.put(address, made);
        return Optional.of(made);
    }

    @Override
    public boolean restore(String service, String address) {
        drained.remove(address);
        return has(service, address);
    }

    @Override
    public List<RuntimeOverride> overrides() {
        return List.copyOf(drained.values());
    }

    @Override
    public Customers customers() {
        Snapshot snapshot = ConfigCheck.dryRun(ConfigLoader.load(FILE, LoadOptions.standard()))
                .snapshot();
        assertThat(snapshot).isNotNull();
        return new Customers(snapshot.consumers(), "memory", _ -> null, () -> NOON);
    }

    @Override
    public RevocationDesk revocations() {
        return new RevocationDesk(Map.of("memory", revoked), () -> NOON);
    }

    // ── requests
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public Explanation explain(Question question) {
        Snapshot snapshot = ConfigCheck.dryRun(ConfigLoader.load(FILE, LoadOptions.standard()))
                .snapshot();
        assertThat(snapshot).isNotNull();
        return new Explanation(
                question.method(),
                question.target(),
                revision + " (running)",
                Trace.of(Rehearsal.explaining(snapshot).ask(question).trace(), mask()));
    }

    @Override
    public RecentRequests recent() {
        return recent;
    }

    @Override
    public UnaryOperator<String> mask() {
        return text -> text.replace("s3cret", "***");
    }

    @Override
    public TraceToken traceToken(Duration time) {
        return new TraceToken(TraceToken.HEADER, "token", NOON.plus(time));
    }

    private boolean has(String service, String address) {
        return service.equals("menu-service")
                && services().getFirst().instances().stream()
                        .anyMatch(instance -> instance.address().equals(address));
    }
}
