package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.consumer.ConsumerDirectory;
import dev.gatehouse.engine.exchange.Route;
import dev.gatehouse.engine.exchange.RouteGraph;
import dev.gatehouse.engine.exchange.TraceRules;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.routing.RouteMatcher;
import dev.gatehouse.engine.routing.RouteProblem;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.routing.RouteTableBuilder;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.store.States;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.engine.tls.TlsRefused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A configuration, compiled. Making one opens no socket, starts no thread and looks nothing up, so `check`, a dry run
/// and a reload are the same call.
public final class Snapshot {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    private final Plan plan;
    private final RouteGraph graph;
    private final Map<String, ListenerPlan> listeners;
    private final Map<String, RunningService> services;
    private final List<RouteProblem> problems;
    private final List<Policy> policies;
    private final Authenticators authenticators;
    private final ConsumerDirectory consumers;
    private final Map<String, Store> revocations;
    private final States.Lease states;
    private final List<SettingWarning> warnings;

    private Snapshot(
            Plan plan,
            RouteGraph graph,
            Map<String, ListenerPlan> listeners,
            Map<String, RunningService> services,
            List<RouteProblem> problems,
            List<Policy> policies,
            Authenticators authenticators,
            ConsumerDirectory consumers,
            Map<String, Store> revocations,
            States.Lease states,
            List<SettingWarning> warnings) {
        this.warnings = warnings;
        this.plan = plan;
        this.graph = graph;
        this.listeners = Collections.unmodifiableMap(listeners);
        this.services = Collections.unmodifiableMap(services);
        this.problems = problems;
        this.policies = List.copyOf(policies);
        this.authenticators = authenticators;
        this.consumers = consumers;
        this.revocations = Collections.unmodifiableMap(revocations);
        this.states = states;
    }

    /// @param before what runs now; its services are carried over where the configuration says the same about them
    /// @throws SettingsRefused when listeners or services cannot be made; nothing is left of the attempt
    /// @throws RoutesRefused when routes cannot be made; nothing is left of the attempt either
    public static Snapshot compile(Plan plan, Surroundings around, @Nullable Snapshot before) {
        GatewayConfig config = plan.config();
        List<SettingsRefused.Reason> refused = new ArrayList<>();
        Map<String, ServerTls> tls = ListenerPlans.tls(config, before == null ? Map.of() : before.listeners, refused);
        Map<String, RunningService> services = services(config, around, before, refused);
        States.Lease states = around.states().lease();
        PluginReach reach = new PluginReach(plan, around, states);
        checkConsumers(reach, refused);
        Authenticators authenticators = Authenticators.of(reach, refused);
        RouteCompiler routes = new RouteCompiler(services, reach, authenticators);
        try {
            if (!refused.isEmpty()) {
                throw new SettingsRefused(refused);
            }
            RouteTableBuilder.Built<Route> built = routes(plan, routes, authenticators);
            RouteGraph graph = new RouteGraph(
                    before == null ? 1 : before.revision() + 1,
                    built.table(),
                    config.errors(),
                    TraceRules.of(config.telemetry().tracing()),
                    List.copyOf(reach.reserved()),
                    around.loops().size());
            Map<String, ListenerPlan> listeners = ListenerPlans.of(config, tls, services, graph);
            return new Snapshot(
                    plan,
                    graph,
                    listeners,
                    services,
                    built.problems(),
                    routes.made(),
                    authenticators,
                    reach.consumers(),
                    reach.revocations(),
                    states,
                    List.copyOf(reach.warnings()));
        } catch (RuntimeException e) {
            closeNew(services.values(), before);
            close(routes.made(), authenticators, states);
            throw e;
        }
    }

    private static void checkConsumers(PluginReach reach, List<SettingsRefused.Reason> refused) {
        try {
            reach.consumers();
        } catch (IllegalArgumentException e) {
            refused.add(new SettingsRefused.Reason("stores", String.valueOf(e.getMessage())));
        }
    }

    private static RouteTableBuilder.Built<Route> routes(
            Plan plan, RouteCompiler routes, Authenticators authenticators) {
        GatewayConfig config = plan.config();
        RouteTableBuilder<Route> table = RouteTable.builder();
        for (int i = 0; i < config.routes().size(); i++) {
            RouteConfig written = config.routes().get(i);
            Route route = routes.compile(i, written, plan.place(i), config.errors());
            if (route != null) {
                table.add(matcher(written), route);
            }
        }
        if (!routes.refused().isEmpty()) {
            throw new RoutesRefused(routes.refused());
        }
        AuthenticatorRoutes.of(plan, authenticators).forEach((path, route) -> table.add(RouteMatcher.of(path), route));
        RouteTableBuilder.Built<Route> built = table.build();
        return new RouteTableBuilder.Built<>(
                built.table(),
                AuthenticatorRoutes.without(built.problems(), config.routes().size()));
    }

    private static Map<String, RunningService> services(
            GatewayConfig config,
            Surroundings around,
            @Nullable Snapshot before,
            List<SettingsRefused.Reason> refused) {
        Map<String, RunningService> services = new LinkedHashMap<>();
        config.services().forEach((name, service) -> {
            try {
                services.put(name, carriedOver(name, service, around, before));
            } catch (TlsRefused e) {
                refused.add(new SettingsRefused.Reason("services." + name + ".tls." + e.key(), e.sentence()));
            }
        });
        return services;
    }

    private static RunningService carriedOver(
            String key, ServiceConfig config, Surroundings around, @Nullable Snapshot before) {
        RunningService running = before == null ? null : before.services.get(key);
        if (running != null && running.config().equals(config)) {
            return running;
        }
        Service service = new Service(key, config, around.instances(), around.clock());
        return new RunningService(service, new ServiceLanes(service, around.loops(), around.random()));
    }

    private static RouteMatcher matcher(RouteConfig route) {
        return new RouteMatcher(
                route.hosts(),
                route.path(),
                route.methods(),
                route.match().headers(),
                route.match().query(),
                route.match().cookies(),
                route.match().client(),
                route.priority());
    }

    /// Its number: one higher with every configuration that was compiled to follow another.
    public int revision() {
        return graph.revision();
    }

    public Plan plan() {
        return plan;
    }

    public GatewayConfig config() {
        return plan.config();
    }

    public RouteGraph graph() {
        return graph;
    }

    /// By name, in the order of the file.
    public Map<String, ListenerPlan> listeners() {
        return listeners;
    }

    /// By name, in the order of the file.
    public Collection<RunningService> services() {
        return services.values();
    }

    public @Nullable RunningService service(String name) {
        return services.get(name);
    }

    /// The names under `security.authentication`, in the order of the file.
    public List<String> authenticators() {
        return authenticators.names();
    }

    public @Nullable Authenticator authenticator(String name) {
        return authenticators.named(name);
    }

    /// Who is known by name, and whose keys are whose.
    public ConsumerDirectory consumers() {
        return consumers;
    }

    /// The stores that authentications ask who was revoked ([dev.gatehouse.api.identity.Revocation]), by name.
    public Map<String, Store> revocations() {
        return revocations;
    }

    /// What is wrong with the routes: ties, routes never reached, patterns that cannot be read.
    public List<RouteProblem> problems() {
        return problems;
    }

    /// What plug-ins have to say of settings that are no mistakes.
    List<SettingWarning> warnings() {
        return warnings;
    }

    /// Whether this runs the very same service.
    boolean uses(RunningService service) {
        return services.get(service.key()) == service;
    }

    /// Gives back what compiling took, for a snapshot that is not going to run.
    ///
    /// @param before what it was compiled to follow
    public void discard(@Nullable Snapshot before) {
        closeNew(services.values(), before);
        closePolicies();
    }

    /// Nobody will ask the policies of this snapshot again.
    public void closePolicies() {
        close(policies, authenticators, states);
    }

    private static void close(List<Policy> policies, Authenticators authenticators, States.Lease states) {
        policies.forEach(policy -> close(policy, policy::close));
        authenticators.all().forEach(one -> close(one, one::close));
        states.close();
    }

    private static void close(Object what, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            LOG.error("{} failed when it was closed", what, e);
        }
    }

    private static void closeNew(Collection<RunningService> services, @Nullable Snapshot before) {
        for (RunningService service : services) {
            if (before == null || !before.uses(service)) {
                service.service().close();
            }
        }
    }
}
