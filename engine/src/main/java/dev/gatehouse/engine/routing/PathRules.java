package dev.gatehouse.engine.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.PathPatterns;
import dev.gatehouse.api.RequestHead;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Many paths that rules are about, in the trie of routes: what a request costs depends on its path and on those that
/// match, not on how many there are. Immutable.
public final class PathRules implements PathPatterns {
    private static final Condition[] NO_CONDITIONS = {};

    private final PathNode root = new PathNode(0);
    private final List<Candidate> regexes = new ArrayList<>(0);

    /// @param patterns all of them made by [PathRule]
    public PathRules(List<? extends PathPattern> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            PathRule rule = (PathRule) patterns.get(i);
            Candidate candidate = new Candidate(i, 0, HostPattern.ANY, rule.pattern, Methods.ANY, NO_CONDITIONS);
            if (rule.pattern.regex == null) {
                root.insert(candidate);
            } else {
                regexes.add(candidate);
            }
        }
    }

    @Override
    public void matching(RequestHead request, BitSet into) {
        if (request instanceof PathSlice slice) {
            matching(slice.octets(), slice.pathStart(), slice.pathEnd(), into);
        } else {
            byte[] path = request.path().getBytes(ISO_8859_1);
            matching(path, 0, path.length, into);
        }
    }

    private void matching(byte[] bytes, int from, int to, BitSet into) {
        if (to > from && bytes[from] == '/') {
            walk(root, bytes, from, from + 1, to, into);
        } else if (root.deep != null) {
            add(root.deep, into);
        }
        for (int i = 0; i < regexes.size(); i++) {
            Candidate candidate = regexes.get(i);
            if (candidate.path.regexMatches(bytes, from, to)) {
                into.set(candidate.route);
            }
        }
    }

    /// As [PathSearch] goes, but into every branch that fits.
    private void walk(PathNode node, byte[] bytes, int from, int at, int to, BitSet into) {
        PathNode deep = node.deep;
        if (at > to) {
            add(node, into);
            if (deep != null) {
                add(deep, into);
            }
            return;
        }
        int hash = 0;
        int end = at;
        byte b;
        while (end < to && (b = bytes[end]) != '/') {
            hash = OctetTable.hash(hash, b);
            end++;
        }
        if (node.literals != null) {
            PathNode literal = node.literals.get(hash, bytes, at, end);
            if (literal != null) {
                walk(literal, bytes, from, end + 1, to, into);
            }
        }
        if (end > at) {
            walkVariable(node, bytes, from, at, end, to, into);
        }
        if (deep != null) {
            add(deep, into);
            for (int i = 0; i < deep.tails.size(); i++) {
                PathNode.Tail tail = deep.tails.get(i);
                int start = dev.gatehouse.engine.routing.PathPattern.startOfLast(tail.length(), bytes, from, to);
                if (start >= at) {
                    walk(tail.root(), bytes, from, start, to, into);
                }
            }
        }
    }

    private void walkVariable(PathNode node, byte[] bytes, int from, int at, int end, int to, BitSet into) {
        for (int i = 0; i < node.mixed.size(); i++) {
            PathNode.Mixed mixed = node.mixed.get(i);
            if (mixed.segment().matches(bytes, at, end, null, 0)) {
                walk(mixed.node(), bytes, from, end + 1, to, into);
            }
        }
        if (node.parameter != null) {
            walk(node.parameter, bytes, from, end + 1, to, into);
        }
        if (node.star != null) {
            walk(node.star, bytes, from, end + 1, to, into);
        }
    }

    private static void add(PathNode node, BitSet into) {
        for (int i = 0; i < node.count(); i++) {
            into.set(node.candidate(i).route);
        }
    }
}
