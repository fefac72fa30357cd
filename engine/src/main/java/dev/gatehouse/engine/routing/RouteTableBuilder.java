package dev.gatehouse.engine.routing;

import dev.gatehouse.api.Cidr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects routes and makes a table of them. Opens nothing and asks nobody: the same routes give the same table.
/// Used once, on one thread.
public final class RouteTableBuilder<T> {
    private final List<RouteMatcher> matchers = new ArrayList<>();
    private final List<T> values = new ArrayList<>();
    private final Methods methods = new Methods();
    private final List<RouteProblem> problems = new ArrayList<>();

    RouteTableBuilder() {}

    /// The table, and all that is wrong with the routes. The table has every route without a bad pattern; whether
    /// one with problems is used is the caller's choice.
    public record Built<T>(RouteTable<T> table, List<RouteProblem> problems) {
        public Built {
            problems = List.copyOf(problems);
        }
    }

    /// Adds a route. Its index, by which problems and matches name it, is how many were added before.
    public RouteTableBuilder<T> add(RouteMatcher matcher, T value) {
        matchers.add(matcher);
        values.add(value);
        return this;
    }

    public Built<T> build() {
        List<Candidate> candidates = new ArrayList<>(matchers.size());
        for (int route = 0; route < matchers.size(); route++) {
            read(route, matchers.get(route), candidates);
        }
        candidates.sort(Candidate::compare);
        HostIndex hosts = new HostIndex();
        for (int rank = 0; rank < candidates.size(); rank++) {
            Candidate candidate = candidates.get(rank);
            candidate.rank = rank;
            hosts.insert(candidate);
        }
        Examples examples = new Examples(hosts, methods);
        problems.addAll(new Ties(examples).in(hosts, candidates));
        problems.addAll(new Shadows(hosts, examples).in(candidates, matchers.size()));
        return new Built<>(new RouteTable<>(values, matchers, candidates, hosts, methods), problems);
    }

    private void read(int route, RouteMatcher matcher, List<Candidate> into) {
        int before = problems.size();
        PathPattern path = parsed(route, "path", matcher.path(), PathPattern::parse);
        Set<HostPattern> hosts = readHosts(route, matcher);
        long listed = readMethods(route, matcher.methods());
        List<Condition> conditions = new ArrayList<>();
        readFields(route, "headers", FieldCondition.Kind.HEADER, matcher.headers(), conditions);
        readFields(route, "query", FieldCondition.Kind.QUERY, matcher.query(), conditions);
        readFields(route, "cookies", FieldCondition.Kind.COOKIE, matcher.cookies(), conditions);
        readClients(route, matcher.clients(), conditions);
        if (path == null || problems.size() > before) {
            return;
        }
        Condition[] all = conditions.toArray(Condition[]::new);
        for (HostPattern host : hosts) {
            into.add(new Candidate(route, matcher.priority(), host, path, listed, all));
        }
    }

    /// Any host together with others is any host with the rank of the others where they match, so all are kept.
    private Set<HostPattern> readHosts(int route, RouteMatcher matcher) {
        Set<HostPattern> hosts = new LinkedHashSet<>();
        for (int i = 0; i < matcher.hosts().size(); i++) {
            HostPattern host = parsed(route, "hosts[" + i + "]", matcher.hosts().get(i), HostPattern::parse);
            if (host != null) {
                hosts.add(host);
            }
        }
        return hosts.isEmpty() ? Set.of(HostPattern.ANY) : hosts;
    }

    private long readMethods(int route, List<String> written) {
        long listed = 0;
        for (int i = 0; i < written.size(); i++) {
            Long bit = parsed(route, "methods[" + i + "]", written.get(i), methods::add);
            listed |= bit == null ? 0 : bit;
        }
        return written.isEmpty() ? Methods.ANY : listed;
    }

    private void readFields(
            int route, String place, FieldCondition.Kind kind, Map<String, String> written, List<Condition> into) {
        Set<Object> keys = new HashSet<>();
        written.forEach((name, wanted) -> {
            String at = "match." + place + "." + name;
            if (name.isEmpty()) {
                problems.add(new RouteProblem.BadPattern(route, at, name, 0, "a " + kind.word() + " has a name"));
                return;
            }
            Condition field = parsed(route, at, wanted, text -> FieldCondition.of(kind, name, text));
            if (field != null && !keys.add(field.key())) {
                problems.add(new RouteProblem.BadPattern(
                        route, at, name, 0, kind.word() + " '" + name + "' is given twice, in different letters"));
            }
            if (field != null) {
                into.add(field);
            }
        });
    }

    private void readClients(int route, List<String> written, List<Condition> into) {
        List<Cidr> ranges = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Cidr range = parsed(route, "match.client[" + i + "]", written.get(i), Cidr::of);
            if (range != null) {
                ranges.add(range);
            }
        }
        if (!ranges.isEmpty()) {
            into.add(new Condition.Client(List.copyOf(ranges), List.copyOf(written)));
        }
    }

    private interface Parser<P> {
        P parse(String text) throws PatternFault;
    }

    /// What was parsed, or null when that added a problem.
    private <P> @Nullable P parsed(int route, String place, String text, Parser<P> parser) {
        try {
            return parser.parse(text);
        } catch (PatternFault fault) {
            problems.add(new RouteProblem.BadPattern(route, place, text, fault.position, fault.sentence()));
        } catch (IllegalArgumentException e) {
            problems.add(new RouteProblem.BadPattern(route, place, text, 0, String.valueOf(e.getMessage())));
        }
        return null;
    }
}
