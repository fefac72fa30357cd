package dev.gatehouse.engine.routing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes up requests that candidates match.
final class Examples {
    /// What stands where any text may. The first that reaches the route is taken: a route for exactly `/users/42`
    /// may be in the way of the first.
    private static final List<String> FILLERS = List.of("42", "a", "x7", "example");

    private final HostIndex hosts;
    private final Methods methods;
    private final PathSearch search = new PathSearch();

    Examples(HostIndex hosts, Methods methods) {
        this.hosts = hosts;
        this.methods = methods;
    }

    /// A request both match; null when they have none in common, or none is known. Their hosts and paths match the
    /// same.
    @Nullable
    SampleRequest common(Candidate a, Candidate b) {
        SampleRequest met = conditions(a, b);
        return met == null ? null : complete(a, met, winner -> winner == a || winner == b);
    }

    /// A request for this candidate which one of the routes answers; null when none is known.
    @Nullable
    SampleRequest lost(Candidate candidate, List<Integer> to) {
        SampleRequest request = SampleRequest.of(methods.oneOf(candidate.listed), "");
        for (Condition condition : candidate.conditions) {
            request = request == null ? null : condition.meet(condition, request);
        }
        return request == null ? null : complete(candidate, request, winner -> to.contains(winner.route));
    }

    private @Nullable SampleRequest complete(
            Candidate candidate, SampleRequest conditions, Predicate<Candidate> expected) {
        SampleRequest first = null;
        for (String filler : FILLERS) {
            String path = candidate.path.example(filler);
            if (path == null) {
                continue;
            }
            SampleRequest request = conditions.withPath(path).withHost(candidate.host.example());
            first = first == null ? request : first;
            long method = methods.bit(request.octets(), request.methodStart(), request.methodEnd());
            Candidate winner = search.best(hosts, request, method);
            if (winner != null && expected.test(winner)) {
                return request;
            }
        }
        return first;
    }

    /// A request without a path that has a method and meets the conditions of both; null when there is none, or
    /// none is known.
    @Nullable
    SampleRequest conditions(Candidate a, Candidate b) {
        long methodsOfBoth = a.listed & b.listed;
        if (methodsOfBoth == 0) {
            return null;
        }
        Set<Object> shared = new HashSet<>();
        SampleRequest met = SampleRequest.of(methods.oneOf(methodsOfBoth), "");
        for (Condition condition : a.conditions) {
            Condition other = withKey(b, condition.key());
            if (other != null) {
                shared.add(condition.key());
            }
            met = condition.meet(other == null ? condition : other, met);
            if (met == null) {
                return null;
            }
        }
        for (Condition condition : b.conditions) {
            if (!shared.contains(condition.key())) {
                met = condition.meet(condition, met);
                if (met == null) {
                    return null;
                }
            }
        }
        return met;
    }

    static @Nullable Condition withKey(Candidate candidate, Object key) {
        for (Condition condition : candidate.conditions) {
            if (condition.key().equals(key)) {
                return condition;
            }
        }
        return null;
    }
}
