package dev.gatehouse.app.admin;

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
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.StoreSetting;
import dev.gatehouse.engine.config.format.EffectiveText;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.consumer.RevocationDesk;
import dev.gatehouse.engine.exchange.Route;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.routing.RouteMatcher;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.service.CheckResult;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.snapshot.RunningService;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.metrics.MetricCatalogue;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import dev.gatehouse.engine.tls.ServerTls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A gateway with its files, as operators see it.
public final class OperatedGateway implements RunningGateway {
    private final LiveConfig live;
    private final RecentRequests recent;
    private final String version;
    private final InstantSource clock;
    private final Instant started;
    private final Map<String, Instant> drainedSince = new ConcurrentHashMap<>();

    /// @param recent what watches the gateway's exchanges
    public OperatedGateway(LiveConfig live, RecentRequests recent, String version, InstantSource clock) {
        this.live = live;
        this.recent = recent;
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
    }

    private Gateway gateway() {
        return live.gateway();
    }

    private String revision() {
        return "r" + gateway().snapshot().revision();
    }

    @Override
    public Health health() {
        long now = gateway().now();
        int up = 0;
        int down = 0;
        for (RunningService running : gateway().snapshot().services()) {
            if (running.service().candidates(now).isEmpty()) {
                down++;
            } else {
                up++;
            }
        }
        List<String> listeners = new ArrayList<>();
        gateway()
                .addresses()
                .forEach((name, address) ->
                        listeners.add(scheme(name) + "://" + address.getHostString() + ":" + address.getPort()));
        return new Health(
                gateway().isReady() ? Phase.READY : Phase.DRAINING,
                version,
                revision(),
                Duration.between(started, clock.instant()).toSeconds(),
                new Health.ServiceCount(up, down),
                listeners);
    }

    private String scheme(String listener) {
        ListenerConfig config = gateway().snapshot().config().listeners().get(listener);
        return config == null ? "http" : config.scheme();
    }

    @Override
    public ConfigStatus config() {
        LiveConfig.State state = live.state();
        LiveConfig.Rejected rejected = state.rejected();
        return new ConfigStatus(
                new ConfigStatus.Running(
                        revision(),
                        state.loadedAt(),
                        gateway().snapshot().config().name(),
                        state.loaded().files().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList()),
                state.stale(),
                rejected == null
                        ? null
                        : new ConfigStatus.Rejection(
                                rejected.at(),
                                rejected.diagnostics().stream()
                                        .map(ConfigMistake::of)
                                        .toList()),
                new ConfigStatus.Reloads(state.applied(), state.refused()));
    }

    @Override
    public EffectiveConfig effectiveConfig() {
        return new EffectiveConfig(
                revision(), EffectiveText.of(live.state().loaded().document()));
    }

    @Override
    public RouteList routes() {
        RouteTable<Route> table = gateway().snapshot().graph().routes();
        List<Integer> order = table.order();
        return new RouteList(revision(), new AbstractList<>() {
            @Override
            public RouteStatus get(int index) {
                int route = order.get(index);
                return status(table.matcher(route), table.value(route));
            }

            @Override
            public int size() {
                return order.size();
            }
        });
    }

    private static RouteStatus status(RouteMatcher matcher, Route route) {
        return new RouteStatus(
                route.label(),
                matcher.hosts(),
                matcher.path(),
                matcher.methods(),
                matcher.priority(),
                route.target().toString(),
                route.at().isEmpty() ? null : route.at());
    }

    @Override
    public List<ServiceStatus> services() {
        return gateway().snapshot().services().stream().map(this::status).toList();
    }

    private ServiceStatus status(RunningService running) {
        Service service = running.service();
        return new ServiceStatus(
                running.key(),
                service.loadBalancer().algorithm().name().toLowerCase(Locale.ROOT),
                place("services." + running.key()),
                new ServiceStatus.Connections(
                        service.budget().open(), service.budget().waiting()),
                service.status(gateway().now()).stream().map(this::status).toList());
    }

    private @Nullable String place(String path) {
        Loaded loaded = live.state().loaded();
        Span place = loaded.place(path);
        return place == null ? null : place.toString();
    }

    private InstanceStatus status(dev.gatehouse.engine.service.InstanceStatus instance) {
        return new InstanceStatus(
                instance.address(),
                instance.weight(),
                instance.backup(),
                state(instance.state()),
                instance.reason(),
                Math.toIntExact(instance.inFlight()),
                instance.attempts(),
                instance.failures(),
                check(instance.lastCheck()));
    }

    private static InstanceState state(dev.gatehouse.engine.service.InstanceStatus.Word word) {
        return switch (word) {
            case UP, BACKUP -> InstanceState.UP;
            case DOWN -> InstanceState.DOWN;
            case EJECTED -> InstanceState.EJECTED;
            case DRAINED -> InstanceState.DRAINED;
            case UNKNOWN -> InstanceState.UNKNOWN;
        };
    }

    private InstanceStatus.@Nullable Check check(@Nullable CheckResult last) {
        if (last == null) {
            return null;
        }
        Instant at = clock.instant().minusNanos(gateway().now() - last.at());
        return new InstanceStatus.Check(last.status(), TimeUnit.NANOSECONDS.toMillis(last.nanos()), at);
    }

    @Override
    public List<CertificateStatus> certificates() {
        List<CertificateStatus> all = new ArrayList<>();
        gateway().snapshot().listeners().forEach((name, plan) -> {
            ServerTls tls = plan.tls();
            if (tls != null) {
                tls.certificates().forEach(one -> all.add(CertificateStatus.of(name, one, clock.instant())));
            }
        });
        return all;
    }

    @Override
    public List<MetricFamily> metrics() {
        LiveConfig.State state = live.state();
        List<MetricFamily> all = new ArrayList<>(gateway().metrics());
        all.add(MetricCatalogue.CONFIG_RELOADS.of(List.of(
                new MetricFamily.Figure(List.of("applied"), state.applied()),
                new MetricFamily.Figure(List.of("rejected"), state.refused()))));
        all.add(MetricCatalogue.CONFIG_RELOAD_SUCCESSFUL.at(state.stale() ? 0 : 1));
        return all;
    }

    @Override
    public List<ObtainedCertificate> obtainedCertificates() {
        return gateway().issuers().stream()
                .map(one -> new ObtainedCertificate(
                        one.hosts(),
                        one.directory(),
                        switch (one.state()) {
                            case VALID -> ObtainedCertificate.State.VALID;
                            case ORDERING -> ObtainedCertificate.State.ORDERING;
                            case FAILING -> ObtainedCertificate.State.FAILING;
                        },
                        one.notAfter(),
                        one.lastAttempt(),
                        one.problem(),
                        one.next()))
                .toList();
    }

    @Override
    public Customers customers() {
        Snapshot now = gateway().snapshot();
        String store = now.config().stores().keySet().stream().findFirst().orElse(StoreSetting.MEMORY);
        return new Customers(now.consumers(), store, this::place, clock);
    }

    @Override
    public RevocationDesk revocations() {
        return new RevocationDesk(gateway().snapshot().revocations(), clock);
    }

    // ── what operators ask about requests
    // ────────────────────────────────────────────────────────────────────────────────

    @Override
    public Explanation explain(Question question) {
        Snapshot now = gateway().snapshot();
        DecisionTrace trace = Rehearsal.explaining(now).ask(question).trace();
        return new Explanation(
                question.method(), question.target(), "r" + now.revision() + " (running)", Trace.of(trace, mask()));
    }

    @Override
    public RecentRequests recent() {
        return recent;
    }

    @Override
    public UnaryOperator<String> mask() {
        return live.state().loaded().mask();
    }

    @Override
    public TraceToken traceToken(Duration time) {
        String token = gateway().telemetry().tokens().issue(time);
        return new TraceToken(TraceToken.HEADER, token, clock.instant().plus(time));
    }

    // ── what operators change
    // ────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public Optional<RuntimeOverride> drain(String service, String address, @Nullable Duration time) {
        Instance instance = instance(service, address);
        if (instance == null) {
            return Optional.empty();
        }
        instance.state().drain(time, gateway().now());
        drainedSince.put(instance.state().key(), clock.instant());
        return Optional.ofNullable(override(service, instance));
    }

    @Override
    public boolean restore(String service, String address) {
        Instance instance = instance(service, address);
        if (instance == null) {
            return false;
        }
        instance.state().undrain();
        drainedSince.remove(instance.state().key());
        return true;
    }

    @Override
    public List<RuntimeOverride> overrides() {
        List<RuntimeOverride> overrides = new ArrayList<>();
        for (RunningService running : gateway().snapshot().services()) {
            for (Instance instance : running.service().instances()) {
                RuntimeOverride override = override(running.key(), instance);
                if (override != null) {
                    overrides.add(override);
                }
            }
        }
        return overrides;
    }

    private @Nullable RuntimeOverride override(String service, Instance instance) {
        long now = gateway().now();
        instance.state().lapse(now);
        dev.gatehouse.engine.service.InstanceState.Drain drain =
                instance.state().drain();
        if (drain == null) {
            return null;
        }
        Instant since = drainedSince.getOrDefault(instance.state().key(), started);
        Instant until = drain.ends() ? clock.instant().plusNanos(drain.until() - now) : null;
        return new RuntimeOverride(service, instance.toString(), InstanceState.DRAINED, since, until);
    }

    private @Nullable Instance instance(String service, String address) {
        RunningService running = gateway().snapshot().service(service);
        return running == null ? null : running.service().instance(address);
    }
}
