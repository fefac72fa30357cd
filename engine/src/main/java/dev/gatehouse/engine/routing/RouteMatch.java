package dev.gatehouse.engine.routing;

import dev.gatehouse.api.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a match found. Made once per exchange object and used for every request of it: matching writes into it and
/// makes nothing else. Of one thread.
///
/// @param <T> what a route holds
public final class RouteMatch<T> {
    public enum Outcome {
        FOUND,
        /// 404.
        NO_ROUTE,
        /// 405: a route would match with another method; see [#allowed].
        METHOD_NOT_ALLOWED
    }

    private static final byte[] NO_OCTETS = new byte[0];

    final PathSearch search = new PathSearch();
    private Outcome outcome = Outcome.NO_ROUTE;
    private int route = -1;
    private @Nullable T value;
    private List<String> allowed = List.of();
    private List<String> names = List.of();
    private byte[] octets = NO_OCTETS;
    private int[] ranges = new int[8];

    void found(T value, Candidate candidate, RouteRequest request) {
        outcome = Outcome.FOUND;
        route = candidate.route;
        this.value = value;
        allowed = List.of();
        names = candidate.path.parameters;
        octets = request.octets();
        int count = names.size();
        if (count > 0) {
            if (ranges.length < 2 * count) {
                ranges = new int[2 * count];
            }
            candidate.path.capture(octets, request.pathStart(), request.pathEnd(), ranges);
        }
    }

    void notFound(Outcome outcome, List<String> allowed) {
        clear();
        this.outcome = outcome;
        this.allowed = allowed;
    }

    /// Forgets what was found, so that a table that was replaced can be collected.
    public void clear() {
        outcome = Outcome.NO_ROUTE;
        route = -1;
        value = null;
        allowed = List.of();
        names = List.of();
        octets = NO_OCTETS;
        search.clear();
    }

    public Outcome outcome() {
        return outcome;
    }

    public boolean isFound() {
        return outcome == Outcome.FOUND;
    }

    /// What the route holds.
    ///
    /// @throws IllegalStateException unless a route was found
    public T value() {
        T found = value;
        if (found == null) {
            throw new IllegalStateException("no route was found: " + outcome);
        }
        return found;
    }

    /// The index the route was added with, or -1.
    public int route() {
        return route;
    }

    /// For 405: the methods a route answers here, for the field Allow (RFC 9110 §10.2.1).
    public List<String> allowed() {
        return allowed;
    }

    /// The names of the path's parameters in order of appearance, `rest` for a `**`.
    public List<String> parameterNames() {
        return names;
    }

    /// Where parameter `i` starts in the request's octets. Its value is raw: escapes are not decoded.
    public int parameterStart(int i) {
        return ranges[2 * i];
    }

    public int parameterEnd(int i) {
        return ranges[2 * i + 1];
    }

    /// A view of the parameter's octets, valid as long as the request's; null when the route has none of this name.
    public @Nullable Text parameter(String name) {
        int i = names.indexOf(name);
        return i < 0 ? null : Text.view(octets, ranges[2 * i], ranges[2 * i + 1]);
    }
}
