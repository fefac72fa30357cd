package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.target.PathParameters;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.ParsedRequest;
import org.jspecify.annotations.Nullable;

/// The route of one exchange: looked for in the slices of its request, or why there is none. Belongs to one
/// [ExchangeDriver] and is used again with it.
final class RouteSearch {
    private final ParsedRequest request;
    private final RequestView view;
    private final RoutedHead head;
    private final RouteMatch<Route> match = new RouteMatch<>();
    private final PathParameters parameters = new MatchedParameters(match);
    private RouteMatch.Outcome outcome = RouteMatch.Outcome.NO_ROUTE;
    private @Nullable Route found;

    RouteSearch(ParsedRequest request, RequestView view, Provenance provenance) {
        this.request = request;
        this.view = view;
        this.head = new RoutedHead(request, provenance);
    }

    /// @return null when there is none that takes it; [#failure] says why
    @Nullable
    Route find(RouteGraph graph) {
        outcome = graph.find(head, match);
        Route best = match.isFound() ? match.value() : null;
        found = isAmbiguous() && (best == null || !best.takes(request)) ? null : best;
        return found;
    }

    /// Whether others may read the path as one with more segments.
    private boolean isAmbiguous() {
        return request.hasEncodedSlash() || request.hasEncodedBackslash();
    }

    /// Why no route was found.
    ///
    /// @param routes those that were asked
    /// @param full whether the client may be told which routes come closest
    Failure failure(RouteTable<Route> routes, boolean full) {
        if (isAmbiguous()) {
            return Faults.failure(HeadFault.TARGET_ENCODING_INVALID);
        }
        return switch (outcome) {
            case NO_ROUTE -> Faults.noRoute(routes, head, view, full);
            case METHOD_NOT_ALLOWED -> Faults.methodNotAllowed(request.method(), request.path(), match.allowed());
            case FOUND -> throw new IllegalStateException("there is a route");
        };
    }

    /// The route that was found.
    @Nullable
    Route found() {
        return found;
    }

    /// Where its parameters stand in the request's path.
    PathParameters parameters() {
        return parameters;
    }

    /// Whether the route is that of a request which a CORS preflight asks about.
    boolean isPreflight() {
        return head.isPreflight();
    }

    /// The request as routing sees it.
    RoutedHead head() {
        return head;
    }

    /// Forgets the exchange.
    void clear() {
        found = null;
        head.asItself();
        match.clear();
    }
}
