package dev.gatehouse.engine.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mistake in the routes, found when the table is built. Routes are named by the index they were added with.
public sealed interface RouteProblem {
    /// One sentence for the user, without the places.
    String sentence();

    /// Two routes that match `example` and stand at the same place of the order. Each route is reported at most
    /// once as `second`.
    ///
    /// @param example a request both match
    record Tie(int first, int second, SampleRequest example) implements RouteProblem {
        @Override
        public String sentence() {
            return "two routes match the same requests and neither is more specific";
        }
    }

    /// A route that never answers, because others answer all its requests first. Found where one route with the
    /// same or wider hosts, path and conditions comes before it, or several that share its methods among them. Not
    /// found where only several routes of different paths, hosts or conditions cover it together.
    ///
    /// @param by the routes that answer instead
    /// @param example a request that should be this route's; null when it takes an expression nobody can guess
    record Shadowed(int route, List<Integer> by, @Nullable SampleRequest example) implements RouteProblem {
        public Shadowed {
            by = List.copyOf(by);
        }

        @Override
        public String sentence() {
            return "no request reaches this route: another one answers first";
        }
    }

    /// Two regular expressions for paths, under the same host and with the same priority, whose methods and
    /// conditions do not keep them apart.
    ///
    /// @param example a request both match; null when none was found, which proves nothing
    record RegexNeedsPriority(
            int first, int second, @Nullable SampleRequest example) implements RouteProblem {
        @Override
        public String sentence() {
            return "two regular expressions under one host: only 'priority' can say which one is asked first";
        }
    }

    /// Something in a route that cannot be read.
    ///
    /// @param place which setting: `path`, `hosts[1]`, `methods[0]`, `match.headers.X-Version`, `match.client[0]`
    /// @param text what was written there
    /// @param position the index in `text` of the first character that is wrong
    record BadPattern(int route, String place, String text, int position, String sentence) implements RouteProblem {}
}
