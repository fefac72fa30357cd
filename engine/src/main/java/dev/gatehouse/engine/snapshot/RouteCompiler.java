package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.api.policy.Everywhere;
import dev.gatehouse.api.policy.FileContext;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ErrorsConfig.FromServices;
import dev.gatehouse.engine.config.PolicySetting;
import dev.gatehouse.engine.config.RespondConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.exchange.PlacedPolicy;
import dev.gatehouse.engine.exchange.Route;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.proxy.ProxyRoute;
import dev.gatehouse.engine.target.proxy.RequestRewrite;
import dev.gatehouse.engine.target.redirect.RedirectTarget;
import dev.gatehouse.engine.target.respond.RespondTarget;
import dev.gatehouse.engine.target.split.SplitTarget;
import dev.gatehouse.engine.target.split.Weighted;
import dev.gatehouse.engine.target.tunnel.TunnelRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes running routes of written ones. One that cannot be made does not keep the others from being looked at.
final class RouteCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(RouteCompiler.class);

    private final Map<String, RunningService> services;
    private final PluginReach reach;
    private final Authenticators authenticators;
    private final Surroundings around;
    private final Plan plan;
    private final List<Policy> made = new ArrayList<>();
    private final List<RoutesRefused.Reason> refused = new ArrayList<>();
    private @Nullable Map<String, Everywhere> everywhere;

    RouteCompiler(Map<String, RunningService> services, PluginReach reach, Authenticators authenticators) {
        this.services = services;
        this.reach = reach;
        this.authenticators = authenticators;
        this.around = reach.around();
        this.plan = reach.plan();
    }

    /// All policies that were made, to be closed with the snapshot.
    List<Policy> made() {
        return made;
    }

    /// Why some could not be made.
    List<RoutesRefused.Reason> refused() {
        return refused;
    }

    /// @param index of the route in the configuration
    /// @return null when it cannot be made
    @Nullable
    Route compile(int index, RouteConfig route, String place, ErrorsConfig errors) {
        Target target = made(index, key(route.target()), () -> target(route));
        List<PlacedPolicy> policies = policies(index, route);
        if (target == null) {
            return null;
        }
        FromServices fromServices = route.fromServices() == null ? errors.fromServices() : route.fromServices();
        String name = route.name();
        return new Route(
                name == null ? route.label() : name,
                place,
                target,
                policies,
                patience(route),
                fromServices == FromServices.STANDARD,
                route.grpc(),
                Set.copyOf(route.allowEncoded()));
    }

    /// What `make` makes; null when that is refused, which is remembered. A plug-in may fail in any way, and take
    /// only its own route with it.
    private <T> @Nullable T made(int route, String key, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            ExpressionException condition = e instanceof ExpressionException mistake ? mistake : null;
            refused.add(new RoutesRefused.Reason(route, key, String.valueOf(e.getMessage()), condition));
            return null;
        } catch (RuntimeException | LinkageError e) {
            LOG.error("what makes '{}' failed", key, e);
            refused.add(new RoutesRefused.Reason(route, key, "what makes it failed: " + e, null));
            return null;
        }
    }

    private static String key(RouteTarget target) {
        return switch (target) {
            case RouteTarget.ToServices _ -> "service";
            case RouteTarget.Respond _ -> "respond";
            case RouteTarget.Redirect _ -> "redirect";
        };
    }

    private Target target(RouteConfig route) {
        return switch (route.target()) {
            case RouteTarget.ToServices to -> services(route, to.shares());
            case RouteTarget.Respond respond -> RespondTarget.of(respond.answer(), file(respond.answer()));
            case RouteTarget.Redirect redirect -> RedirectTarget.of(redirect.answer());
        };
    }

    private Target services(RouteConfig route, List<RouteTarget.Share> shares) {
        RequestRewrite rewrite =
                RequestRewrite.of(route.stripPrefix(), route.rewrite(), route.rewriteHost(), route.query());
        List<Weighted.Choice<Target>> choices = new ArrayList<>();
        for (RouteTarget.Share share : shares) {
            RunningService service = services.get(share.service());
            if (service == null) {
                throw new IllegalArgumentException("service '" + share.service() + "' is not defined");
            }
            ProxyRoute proxy = new ProxyRoute(
                    share.timeout(), rewrite, TunnelRules.of(route.upgrades(), route.websocket(), around.runtime()));
            choices.add(new Weighted.Choice<>(around.targets().of(service, proxy), share.weight()));
        }
        return choices.size() == 1
                ? choices.getFirst().value()
                : new SplitTarget(new Weighted<>(choices), around.chance());
    }

    private static byte @Nullable [] file(RespondConfig answer) {
        String file = answer.file();
        if (file == null) {
            return null;
        }
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("respond.file: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// As long as its service has for the request.
    private static Duration patience(RouteConfig route) {
        return route.target() instanceof RouteTarget.ToServices to
                ? to.shares().getFirst().timeout().request()
                : TimeoutConfig.DEFAULT.request();
    }

    private List<PlacedPolicy> policies(int index, RouteConfig route) {
        List<PlacedPolicy> policies = new ArrayList<>();
        around.everywhere().forEach(one -> policies.add(PlacedPolicy.of(one)));
        List<PlacedPolicy> own = new ArrayList<>();
        everywhere(index).forEach((slot, all) -> {
            List<Staged> staged = made(index, slot, () -> all.on(context(route, slot, null)));
            place(staged, slot, "", false, own);
        });
        for (PolicySetting setting : route.policies().values()) {
            List<Staged> staged = made(index, setting.slot(), () -> create(route, setting));
            String name = setting.name() == null ? setting.slot() : setting.slot() + " " + setting.name();
            place(staged, name, plan.policyPlace(index, setting.slot()), setting.shadow(), own);
        }
        own.sort(Comparator.comparing(PlacedPolicy::stage, Comparator.nullsFirst(Comparator.naturalOrder())));
        policies.addAll(own);
        return policies;
    }

    /// By slot: what stands on every route. There are many routes and many slots, and few that have something for
    /// all: each is asked once, for the first route.
    private Map<String, Everywhere> everywhere(int first) {
        Map<String, Everywhere> known = everywhere;
        if (known == null) {
            known = new LinkedHashMap<>();
            FileContext file = new SnapshotContext(reach, authenticators);
            for (PolicyFactory<?> factory : plan.extensions().factories()) {
                Everywhere all = made(first, factory.name(), () -> factory.everywhere(file));
                if (all != null) {
                    known.put(factory.name(), all);
                }
            }
            everywhere = known;
        }
        return known;
    }

    private void place(
            @Nullable List<Staged> staged, String name, String place, boolean shadow, List<PlacedPolicy> into) {
        if (staged != null) {
            for (Staged one : staged) {
                made.add(one.policy());
                into.add(new PlacedPolicy(one.policy(), name, place, shadow, one.stage()));
            }
        }
    }

    private List<Staged> create(RouteConfig route, PolicySetting setting) {
        PolicyFactory<?> factory = plan.extensions().factory(setting.slot());
        if (factory == null) {
            throw new IllegalArgumentException("no plug-in makes policies for '" + setting.slot() + "'");
        }
        return create(factory, setting.config(), context(route, setting.slot(), setting.name()));
    }

    /// @param name of the settings; null when they are the route's own
    private RouteContext context(RouteConfig route, String slot, @Nullable String name) {
        String own = route.name() != null ? route.name() : route.label();
        return new RouteContext(slot, name == null ? own : name, route, reach, authenticators);
    }

    private static <C extends Record> List<Staged> create(
            PolicyFactory<C> factory, Record config, RouteContext context) {
        return factory.create(factory.configType().cast(config), context);
    }
}
