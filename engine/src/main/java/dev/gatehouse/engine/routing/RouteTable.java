package dev.gatehouse.engine.routing;

import dev.gatehouse.engine.routing.RouteMatch.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All routes in one order, found by host, path and conditions. Immutable; one table serves all threads, each with a
/// [RouteMatch] of its own.
///
/// Of the routes that match a request the first in this order wins:
///
/// 1. `priority`, the higher first;
/// 2. host: one host, then the longest wildcard, then any;
/// 3. shape of the path: see [PathPattern#compareShape]; regular expressions last;
/// 4. number of further conditions, the more first: listed methods, each header, query parameter and cookie, and the
///    client's address count one each;
/// 5. for HEAD, a route that answers it by itself before one that does because it answers GET.
///
/// The order of lines in a file decides nothing, except between routes whose regular expressions for headers, query or
/// cookies overlap: that cannot be known.
///
/// A request that misses a condition falls to the next route. When none is left the answer is 405 if a route missed
/// the method alone, and 404 otherwise.
public final class RouteTable<T> {
    private final List<T> values;
    private final List<RouteMatcher> matchers;
    private final List<Candidate> candidates;
    private final HostIndex hosts;
    private final Methods methods;
    private final List<List<String>> parameters;

    RouteTable(
            List<T> values, List<RouteMatcher> matchers, List<Candidate> candidates, HostIndex hosts, Methods methods) {
        this.values = List.copyOf(values);
        this.matchers = List.copyOf(matchers);
        this.candidates = List.copyOf(candidates);
        this.hosts = hosts;
        this.methods = methods;
        this.parameters = new ArrayList<>(Collections.nCopies(values.size(), List.of()));
        for (Candidate candidate : candidates) {
            parameters.set(candidate.route, candidate.path.parameters);
        }
    }

    public static <T> RouteTableBuilder<T> builder() {
        return new RouteTableBuilder<>();
    }

    /// Finds the route of a request. Makes no object, except for routes with regular expressions and for values of
    /// query parameters that hold escapes, and the list of methods of a 405.
    public Outcome match(RouteRequest request, RouteMatch<T> into) {
        long method = methods.bit(request.octets(), request.methodStart(), request.methodEnd());
        Candidate found = into.search.best(hosts, request, method);
        if (found != null) {
            into.found(values.get(found.route), found, request);
            return Outcome.FOUND;
        }
        long allowed = into.search.allowed(hosts, request, method);
        Outcome outcome = allowed == 0 ? Outcome.NO_ROUTE : Outcome.METHOD_NOT_ALLOWED;
        into.notFound(outcome, allowed == 0 ? List.of() : methods.names(allowed));
        return outcome;
    }

    /// The same, and tells the recorder how it came about. Makes objects.
    public Outcome match(RouteRequest request, RouteMatch<T> into, @Nullable RouteRecorder recorder) {
        if (recorder != null) {
            record(request, into.search, recorder);
        }
        return match(request, into);
    }

    private void record(RouteRequest request, PathSearch search, RouteRecorder recorder) {
        long method = methods.bit(request.octets(), request.methodStart(), request.methodEnd());
        BitSet told = new BitSet(values.size());
        Candidate winner = null;
        for (PathSearch.Considered one : search.all(hosts, request, method)) {
            Candidate candidate = one.candidate();
            if (told.get(candidate.route)) {
                continue;
            }
            told.set(candidate.route);
            Miss miss = miss(candidate, one.missed(), request);
            if (miss == null) {
                if (winner == null) {
                    winner = candidate;
                } else {
                    miss = new Miss(Miss.Part.ORDER, candidate.standsBehind(winner));
                }
            }
            recorder.candidate(candidate.route, miss);
        }
    }

    private @Nullable Miss miss(Candidate candidate, int missed, RouteRequest request) {
        return switch (missed) {
            case Candidate.HOLDS -> null;
            case Candidate.METHOD -> methods.miss(candidate.methods, request);
            default -> candidate.conditions[missed].miss(request);
        };
    }

    /// The routes that almost match a request, the nearest first, none that is far; those that match are not among
    /// them. Looks at every route: for the answer to a request without a route and for `explain`, not for the data
    /// path.
    ///
    /// @param limit at most so many
    public List<NearRoute> nearest(RouteRequest request, int limit) {
        return new NearestRoutes(methods, request).of(candidates, limit);
    }

    /// How many routes were added, those with a bad pattern included.
    public int size() {
        return values.size();
    }

    /// What the route of this index holds.
    public T value(int route) {
        return values.get(route);
    }

    public RouteMatcher matcher(int route) {
        return matchers.get(route);
    }

    /// The names of the parameters of a route's path; none for a route with a bad pattern.
    public List<String> parameters(int route) {
        return parameters.get(route);
    }

    /// The indices of the routes in the order in which they are asked, the one that is asked first in front.
    public List<Integer> order() {
        return candidates.stream().map(candidate -> candidate.route).distinct().toList();
    }
}
