package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.engine.config.RespondConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.exchange.PlacedPolicy;
import dev.gatehouse.engine.exchange.Route;
import dev.gatehouse.engine.routing.RouteProblem;
import dev.gatehouse.engine.target.respond.RespondTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The routes nobody wrote: those for the paths that authenticators want for themselves, such as the one a
/// login page sends browsers back to. They are for every host, and give way to a route of the user for the
/// very same path.
final class AuthenticatorRoutes {
    private AuthenticatorRoutes() {}

    /// By path, in the order of the file.
    static Map<String, Route> of(Plan plan, Authenticators authenticators) {
        Set<String> written =
                plan.config().routes().stream().map(RouteConfig::path).collect(Collectors.toSet());
        Map<String, Route> routes = new LinkedHashMap<>();
        for (String name : authenticators.names()) {
            Authenticator authenticator = authenticators.named(name);
            if (authenticator != null) {
                String place = plan.place("security.authentication." + name);
                for (String path : authenticator.paths()) {
                    if (!written.contains(path)) {
                        routes.putIfAbsent(path, route(name, place, authenticator));
                    }
                }
            }
        }
        return routes;
    }

    private static Route route(String name, String place, Authenticator authenticator) {
        PlacedPolicy asked =
                new PlacedPolicy(new OwnPathPolicy(authenticator), "auth." + name, place, false, Stage.AUTHENTICATE);
        return new Route(
                "authentication " + name,
                place,
                RespondTarget.of(RespondConfig.of(404), null),
                List.of(asked),
                TimeoutConfig.DEFAULT.request(),
                false,
                null,
                Set.of());
    }

    /// Problems of the routes the user wrote.
    ///
    /// @param routes how many these are; those made here come behind them
    static List<RouteProblem> without(List<RouteProblem> problems, int routes) {
        return problems.stream().filter(problem -> isOfUser(problem, routes)).toList();
    }

    private static boolean isOfUser(RouteProblem problem, int routes) {
        return switch (problem) {
            case RouteProblem.Tie tie -> tie.first() < routes && tie.second() < routes;
            case RouteProblem.Shadowed shadowed ->
                shadowed.route() < routes && shadowed.by().stream().allMatch(other -> other < routes);
            case RouteProblem.RegexNeedsPriority two -> two.first() < routes && two.second() < routes;
            case RouteProblem.BadPattern bad -> bad.route() < routes;
        };
    }
}
