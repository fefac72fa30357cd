package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds routes no request reaches. The tries are walked with the pattern of a route in place of a path, along the
/// branches that match all the pattern does and have something that comes before it.
final class Shadows {
    private final HostIndex hosts;
    private final Examples examples;

    /// What the walk is about.
    private @Nullable Candidate shadowed;

    private long open;
    private final List<Integer> by = new ArrayList<>();

    Shadows(HostIndex hosts, Examples examples) {
        this.hosts = hosts;
        this.examples = examples;
    }

    /// @param routes how many routes there are; each has a candidate for each of its hosts
    List<RouteProblem> in(List<Candidate> candidates, int routes) {
        int[] reached = new int[routes];
        List<List<Integer>> answering = new ArrayList<>();
        Candidate[] lost = new Candidate[routes];
        for (int i = 0; i < routes; i++) {
            answering.add(List.of());
        }
        for (Candidate candidate : candidates) {
            List<Integer> others = before(candidate);
            if (others.isEmpty()) {
                reached[candidate.route]++;
            } else if (lost[candidate.route] == null) {
                lost[candidate.route] = candidate;
                answering.set(candidate.route, others);
            }
        }
        List<RouteProblem> problems = new ArrayList<>();
        for (int route = 0; route < routes; route++) {
            Candidate candidate = lost[route];
            if (candidate != null && reached[route] == 0) {
                List<Integer> others = answering.get(route);
                problems.add(new RouteProblem.Shadowed(route, others, examples.lost(candidate, others)));
            }
        }
        return problems;
    }

    /// The routes that leave nothing for this candidate; none when it gets something, or that is not known.
    private List<Integer> before(Candidate candidate) {
        shadowed = candidate;
        open = candidate.methods;
        by.clear();
        hosts.forEachCovering(candidate.host, this::walk);
        return open == 0 ? List.copyOf(by) : List.of();
    }

    private void walk(HostRoutes routes) {
        Candidate candidate = shadowed;
        if (candidate == null || open == 0 || routes.first >= candidate.rank) {
            return;
        }
        PathPattern path = candidate.path;
        if (path.regex != null) {
            if (routes.root.deep != null) {
                offer(routes.root.deep);
            }
        } else {
            walk(routes.root, path.head, 0, path.tail);
        }
        for (Candidate regex : routes.regexes) {
            if (coversRegex(regex, path)) {
                offer(regex);
            }
        }
    }

    private static boolean coversRegex(Candidate regex, PathPattern path) {
        if (path.regex != null) {
            return path.regex.equals(regex.path.regex);
        }
        String only = path.isLiteral() ? path.example("") : null;
        return only != null && regex.path.regex != null && regex.path.regex.matches(only);
    }

    /// @param at the first segment that is not covered yet
    /// @param tail what follows a `**` behind the segments; null when they are all
    private void walk(PathNode node, Segment[] segments, int at, Segment @Nullable [] tail) {
        Candidate candidate = shadowed;
        if (candidate == null || open == 0 || node.first >= candidate.rank) {
            return;
        }
        if (node.deep != null) {
            offer(node.deep);
            for (PathNode.Tail wider : node.deep.tails) {
                Segment[] last = tail == null ? Arrays.copyOfRange(segments, at, segments.length) : tail;
                if (wider.length() <= last.length) {
                    walk(wider.root(), Arrays.copyOfRange(last, last.length - wider.length(), last.length), 0, null);
                }
            }
        }
        if (at == segments.length) {
            if (tail == null) {
                offer(node);
            }
            return;
        }
        Segment segment = segments[at];
        if (segment instanceof LiteralSegment literal && node.literals != null) {
            byte[] octets = literal.octets;
            PathNode same = node.literals.get(OctetTable.hash(octets), octets, 0, octets.length);
            if (same != null) {
                walk(same, segments, at + 1, tail);
            }
        }
        for (PathNode.Mixed mixed : node.mixed) {
            if (mixed.segment().covers(segment)) {
                walk(mixed.node(), segments, at + 1, tail);
            }
        }
        if (node.parameter != null && Segment.Open.PARAMETER.covers(segment)) {
            walk(node.parameter, segments, at + 1, tail);
        }
        if (node.star != null && Segment.Open.STAR.covers(segment)) {
            walk(node.star, segments, at + 1, tail);
        }
    }

    private void offer(PathNode node) {
        Candidate candidate = shadowed;
        for (int i = 0; candidate != null && i < node.count(); i++) {
            Candidate other = node.candidate(i);
            if (other.rank >= candidate.rank) {
                return;
            }
            // At one node, routes of one priority come in order of their conditions: those before this have as many or
            // more.
            if (node == candidate.leaf && other.priority == candidate.priority) {
                return;
            }
            offer(other);
        }
    }

    private void offer(Candidate other) {
        Candidate candidate = shadowed;
        if (candidate == null
                || open == 0
                || other.rank >= candidate.rank
                || other.route == candidate.route
                || (other.methods & open) == 0
                || !meetsAll(other, candidate)) {
            return;
        }
        if ((candidate.methods & ~other.methods) == 0) {
            by.clear();
            open = 0;
        } else {
            open &= ~other.methods;
        }
        by.add(other.route);
    }

    /// Whether each request that meets the conditions of `candidate` meets those of `other`.
    private static boolean meetsAll(Candidate other, Candidate candidate) {
        for (Condition condition : other.conditions) {
            Condition narrower = Examples.withKey(candidate, condition.key());
            if (narrower == null || !condition.covers(narrower)) {
                return false;
            }
        }
        return true;
    }
}
