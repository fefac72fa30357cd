package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.engine.routing.RouteRequest;
import dev.gatehouse.engine.routing.RouteTable;
import java.util.List;
import java.util.Map;

/// What a client is told when no route takes its request.
final class Unrouted {
    private static final int NEAREST = 3;

    /// Looking for the nearest compares with every route; with very many of them, that is more than a refusal may cost.
    private static final int COMPARED = 10_000;

    private Unrouted() {}

    static Failure noRoute(RouteTable<Route> routes, RouteRequest request, RequestHead head, boolean full) {
        String message = "No route matches " + head.method() + " " + head.path() + ".";
        if (!full || routes.size() > COMPARED) {
            return new Failure(FailureKind.NO_ROUTE, message);
        }
        List<String> nearest = routes.nearest(request, NEAREST).stream()
                .map(near -> routes.value(near.route()).label())
                .toList();
        return nearest.isEmpty()
                ? new Failure(FailureKind.NO_ROUTE, message)
                : new Failure(FailureKind.NO_ROUTE, message, Map.of("nearest", nearest));
    }

    static Failure methodNotAllowed(RequestHead head, List<String> allowed) {
        return new Failure(
                FailureKind.METHOD_NOT_ALLOWED,
                head.path() + " answers " + String.join(", ", allowed) + ", not " + head.method() + ".",
                Map.of("allow", allowed));
    }
}
