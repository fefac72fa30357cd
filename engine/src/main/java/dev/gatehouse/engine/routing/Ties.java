package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds routes at one place of the order that match the same request. Such routes end at one node of the trie, so
/// that is where they are looked for; many routes at one node that differ in the value of a method, header, query
/// parameter or cookie are first sorted by that value.
final class Ties {
    /// A group this small is compared pair by pair.
    private static final int SMALL = 16;

    private final Examples examples;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final BitSet reported = new BitSet();

    Ties(Examples examples) {
        this.examples = examples;
    }

    List<RouteProblem> in(HostIndex hosts, List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            PathNode leaf = candidate.leaf;
            if (leaf != null && leaf.count() > 1 && leaf.candidate(0) == candidate) {
                inLeaf(leaf);
            }
        }
        for (HostRoutes routes : hosts.all()) {
            inRegexes(routes.regexes);
        }
        return problems;
    }

    private void inLeaf(PathNode leaf) {
        List<Candidate> group = new ArrayList<>();
        for (int i = 0; i < leaf.count(); i++) {
            Candidate next = leaf.candidate(i);
            if (!group.isEmpty()
                    && (group.getFirst().priority != next.priority
                            || group.getFirst().count() != next.count())) {
                inGroup(group);
                group.clear();
            }
            group.add(next);
        }
        inGroup(group);
    }

    private void inGroup(List<Candidate> group) {
        List<List<Candidate>> parts = group.size() > SMALL ? parts(group) : null;
        if (parts != null) {
            parts.forEach(this::inGroup);
            return;
        }
        for (int second = 1; second < group.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (tie(group.get(first), group.get(second))) {
                    break;
                }
            }
        }
    }

    private boolean tie(Candidate a, Candidate b) {
        SampleRequest example = examples.common(a, b);
        int second = Math.max(a.route, b.route);
        if (example != null && !reported.get(second)) {
            reported.set(second);
            problems.add(new RouteProblem.Tie(Math.min(a.route, b.route), second, example));
        }
        return example != null;
    }

    /// Parts of a group such that two routes with a request in common are together in one of them; null when
    /// nothing tells most of the group apart.
    private static @Nullable List<List<Candidate>> parts(List<Candidate> group) {
        Map<Object, Map<Object, List<Candidate>>> byKey = new HashMap<>();
        for (Candidate candidate : group) {
            if (Long.bitCount(candidate.listed) == 1) {
                sort(byKey, "method", candidate.listed, candidate);
            }
            for (Condition condition : candidate.conditions) {
                if (condition instanceof FieldCondition field && field.pattern instanceof ValuePattern.Exact exact) {
                    sort(byKey, condition.key(), exact.text(), candidate);
                }
            }
        }
        for (Map<Object, List<Candidate>> byValue : byKey.values()) {
            int sorted = byValue.values().stream().mapToInt(List::size).sum();
            if (byValue.size() > 1 && group.size() - sorted <= group.size() / 8) {
                return parts(group, byValue.values());
            }
        }
        return null;
    }

    private static void sort(
            Map<Object, Map<Object, List<Candidate>>> byKey, Object key, Object value, Candidate candidate) {
        byKey.computeIfAbsent(key, k -> new HashMap<>())
                .computeIfAbsent(value, v -> new ArrayList<>())
                .add(candidate);
    }

    private static List<List<Candidate>> parts(List<Candidate> group, Iterable<List<Candidate>> sorted) {
        BitSet isSorted = new BitSet();
        sorted.forEach(part -> part.forEach(candidate -> isSorted.set(candidate.rank)));
        List<Candidate> loose =
                group.stream().filter(one -> !isSorted.get(one.rank)).toList();
        List<List<Candidate>> parts = new ArrayList<>();
        for (List<Candidate> part : sorted) {
            List<Candidate> together = new ArrayList<>(part);
            together.addAll(loose);
            parts.add(together);
        }
        return parts;
    }

    private void inRegexes(List<Candidate> regexes) {
        for (int second = 1; second < regexes.size(); second++) {
            for (int first = 0; first < second; first++) {
                Candidate a = regexes.get(first);
                Candidate b = regexes.get(second);
                if (a.priority == b.priority && examples.conditions(a, b) != null) {
                    int earlier = Math.min(a.route, b.route);
                    int later = Math.max(a.route, b.route);
                    problems.add(new RouteProblem.RegexNeedsPriority(earlier, later, exampleOfBoth(a, b)));
                    break;
                }
            }
        }
    }

    private @Nullable SampleRequest exampleOfBoth(Candidate a, Candidate b) {
        SampleRequest one = examples.common(a, b);
        if (one != null && matches(b, one)) {
            return one;
        }
        SampleRequest other = examples.common(b, a);
        return other != null && matches(a, other) ? other : null;
    }

    private static boolean matches(Candidate candidate, SampleRequest request) {
        return candidate.path.regexMatches(request.octets(), request.pathStart(), request.pathEnd());
    }
}
