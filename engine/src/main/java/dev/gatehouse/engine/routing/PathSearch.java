package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One search through the tries: the best candidate, or all candidates, or the methods of those that miss only the
/// method. Reused from match to match and makes no object, unless it records.
///
/// The best is kept as the lowest rank seen; a branch that has nothing lower is not entered. What was found first is
/// mostly the best, because more specific branches are tried first, but priority may turn that round, and then the
/// ranks still decide.
final class PathSearch {
    /// A name in DNS has at most 253 characters; longer ones match only routes for any host.
    private static final int MAX_HOST = 255;

    private enum Aim {
        BEST,
        METHODS,
        ALL
    }

    private final byte[] host = new byte[MAX_HOST];
    private @Nullable RouteRequest request;
    private byte[] bytes = host;
    private int from;
    private int to;
    private long method;
    private Aim aim = Aim.BEST;

    private int best;
    private @Nullable Candidate winner;
    private long allowed;
    private final List<Considered> considered = new ArrayList<>(0);

    /// A candidate with fitting host and path, and what [Candidate#firstMissed(RouteRequest, long)] said.
    record Considered(Candidate candidate, int missed) {}

    @Nullable
    Candidate best(HostIndex hosts, RouteRequest request, long method) {
        run(Aim.BEST, hosts, request, method);
        return winner;
    }

    /// The methods of the routes that would have matched with another method.
    long allowed(HostIndex hosts, RouteRequest request, long method) {
        run(Aim.METHODS, hosts, request, method);
        return allowed;
    }

    /// All with fitting host and path, in their order.
    List<Considered> all(HostIndex hosts, RouteRequest request, long method) {
        run(Aim.ALL, hosts, request, method);
        List<Considered> sorted = new ArrayList<>(considered);
        sorted.sort(Comparator.comparingInt(one -> one.candidate.rank));
        considered.clear();
        return sorted;
    }

    /// Forgets the request and the table.
    void clear() {
        request = null;
        winner = null;
        bytes = host;
    }

    private void run(Aim aim, HostIndex hosts, RouteRequest request, long method) {
        this.aim = aim;
        this.request = request;
        this.method = method;
        bytes = request.octets();
        from = request.pathStart();
        to = request.pathEnd();
        best = Integer.MAX_VALUE;
        winner = null;
        allowed = 0;
        hosts.search(this, host, readHost(request));
    }

    /// Copies the host in lower case without port and final dot; the answer is its length, 0 when there is none.
    private int readHost(RouteRequest request) {
        byte[] octets = request.octets();
        int start = request.hostStart();
        int end = request.hostEnd();
        if (end - start > MAX_HOST) {
            return 0;
        }
        boolean literal = end > start && octets[start] == '[';
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = octets[i];
            if (b == ':' && !literal) {
                break;
            }
            host[length++] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
            if (b == ']') {
                break;
            }
        }
        return length > 0 && host[length - 1] == '.' ? length - 1 : length;
    }

    /// Called by the index for each host pattern that fits.
    void search(HostRoutes routes) {
        if (routes.first >= best) {
            return;
        }
        if (to > from && bytes[from] == '/') {
            walk(routes.root, from + 1);
        } else if (routes.root.deep != null) {
            // `OPTIONS *`, which only `/**` covers.
            consider(routes.root.deep);
        }
        for (int i = 0; i < routes.regexes.size(); i++) {
            Candidate candidate = routes.regexes.get(i);
            if (candidate.rank >= best) {
                return;
            }
            if (candidate.path.regexMatches(bytes, from, to)) {
                consider(candidate);
            }
        }
    }

    /// @param at where the next segment starts; behind the end of the path when there is none
    private void walk(PathNode node, int at) {
        if (node.first >= best) {
            return;
        }
        if (at > to) {
            consider(node);
            if (node.deep != null) {
                consider(node.deep);
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
                walk(literal, end + 1);
            }
        }
        if (end > at) {
            walkVariable(node, at, end);
        }
        PathNode deep = node.deep;
        if (deep != null && deep.first < best) {
            consider(deep);
            walkTails(deep, at);
        }
    }

    private void walkVariable(PathNode node, int at, int end) {
        for (int i = 0; i < node.mixed.size(); i++) {
            PathNode.Mixed mixed = node.mixed.get(i);
            if (mixed.node().first >= best) {
                break;
            }
            if (mixed.segment().matches(bytes, at, end, null, 0)) {
                walk(mixed.node(), end + 1);
            }
        }
        if (node.parameter != null) {
            walk(node.parameter, end + 1);
        }
        if (node.star != null) {
            walk(node.star, end + 1);
        }
    }

    private void walkTails(PathNode deep, int at) {
        for (int i = 0; i < deep.tails.size(); i++) {
            PathNode.Tail tail = deep.tails.get(i);
            if (tail.root().first >= best) {
                break;
            }
            int start = PathPattern.startOfLast(tail.length(), bytes, from, to);
            if (start >= at) {
                walk(tail.root(), start);
            }
        }
    }

    private void consider(PathNode node) {
        int count = node.count();
        for (int i = 0; i < count; i++) {
            Candidate candidate = node.candidate(i);
            if (candidate.rank >= best) {
                return;
            }
            consider(candidate);
        }
    }

    private void consider(Candidate candidate) {
        RouteRequest asked = request;
        if (asked == null) {
            return;
        }
        switch (aim) {
            case BEST -> {
                if (candidate.firstMissed(asked, method) == Candidate.HOLDS) {
                    best = candidate.rank;
                    winner = candidate;
                }
            }
            case METHODS -> {
                if ((candidate.methods & ~allowed) != 0 && candidate.firstMissed(asked) == Candidate.HOLDS) {
                    allowed |= candidate.methods;
                }
            }
            case ALL -> considered.add(new Considered(candidate, candidate.firstMissed(asked, method)));
        }
    }
}
