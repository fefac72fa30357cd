package dev.gatehouse.engine.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says which routes a request that got 404 came near: the path with the fewest changes, counted in segments; the same
/// path under another host; the same path with another condition.
final class NearestRoutes {
    /// A path further away than one segment is another path.
    private static final double FAR = 1.0;

    private static final double OTHER_CONDITION = 0.05;
    private static final double OTHER_HOST = 0.6;
    private static final int MAX_SEGMENTS = 64;

    private final Methods methods;
    private final RouteRequest request;
    private final long method;
    private final HostPattern host;
    private final List<String> path;

    NearestRoutes(Methods methods, RouteRequest request) {
        this.methods = methods;
        this.request = request;
        this.method = methods.bit(request.octets(), request.methodStart(), request.methodEnd());
        this.host = new HostPattern(HostPattern.Kind.EXACT, hostName(request), Integer.MAX_VALUE);
        this.path = List.of(text(request.pathStart() + 1, request.pathEnd()).split("/", -1));
    }

    private record Near(Candidate candidate, double distance, Miss miss) {}

    List<NearRoute> of(List<Candidate> candidates, int limit) {
        List<Near> near = new ArrayList<>();
        if (path.size() <= MAX_SEGMENTS) {
            for (Candidate candidate : candidates) {
                Near one = near(candidate);
                if (one != null) {
                    near.add(one);
                }
            }
        }
        near.sort(Comparator.comparingDouble(Near::distance).thenComparingInt(one -> one.candidate.rank));
        List<NearRoute> routes = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (Near one : near) {
            if (routes.size() < limit && seen.add(one.candidate.route)) {
                routes.add(new NearRoute(one.candidate.route, one.miss));
            }
        }
        return routes;
    }

    private @Nullable Near near(Candidate candidate) {
        double distance = distance(candidate.path);
        boolean sameHost = candidate.host.covers(host);
        if (distance > 0) {
            boolean far = distance > FAR || distance >= words(candidate.path);
            return far || !sameHost ? null : new Near(candidate, distance, pathMiss(candidate.path));
        }
        if (!sameHost) {
            return new Near(candidate, OTHER_HOST, new Miss(Miss.Part.HOST, "host is not " + candidate.host));
        }
        int missed = candidate.firstMissed(request);
        if (missed != Candidate.HOLDS) {
            return new Near(candidate, OTHER_CONDITION, candidate.conditions[missed].miss(request));
        }
        return (candidate.methods & method) != 0
                ? null
                : new Near(candidate, 0, methods.miss(candidate.methods, request));
    }

    /// How many segments spell something out: a path that shares none of them is not near.
    private static long words(PathPattern pattern) {
        long words = 0;
        for (Segment segment : pattern.head) {
            words += segment instanceof LiteralSegment literal && !literal.isEmpty() ? 1 : 0;
        }
        return words;
    }

    /// How many segments have to be added, removed or replaced; a misspelt one counts by its letters, a final `/`
    /// almost nothing. A `**` takes any number for nothing.
    private double distance(PathPattern pattern) {
        if (pattern.regex != null) {
            boolean matches = pattern.regexMatches(request.octets(), request.pathStart(), request.pathEnd());
            return matches ? 0 : Double.MAX_VALUE;
        }
        int least = pattern.head.length + (pattern.tail == null ? 0 : pattern.tail.length);
        if (least > path.size() + 2 || (pattern.tail == null && path.size() > least + 2)) {
            return Double.MAX_VALUE;
        }
        double[] row = new double[path.size() + 1];
        for (int i = 1; i < row.length; i++) {
            row[i] = row[i - 1] + weight(path.get(i - 1));
        }
        for (Segment segment : pattern.head) {
            row = next(row, segment);
        }
        if (pattern.tail != null) {
            for (int i = 1; i < row.length; i++) {
                row[i] = Math.min(row[i], row[i - 1]);
            }
            for (Segment segment : pattern.tail) {
                row = next(row, segment);
            }
        }
        return row[path.size()];
    }

    private double[] next(double[] row, Segment segment) {
        double[] next = new double[row.length];
        double removal = segment instanceof LiteralSegment literal && literal.isEmpty() ? 0.1 : 1;
        next[0] = row[0] + removal;
        for (int i = 1; i < row.length; i++) {
            String word = path.get(i - 1);
            next[i] = Math.min(row[i - 1] + replacement(segment, word), row[i] + removal);
            next[i] = Math.min(next[i], next[i - 1] + weight(word));
        }
        return next;
    }

    private static double weight(String word) {
        return word.isEmpty() ? 0.1 : 1;
    }

    private static double replacement(Segment segment, String word) {
        byte[] octets = word.getBytes(StandardCharsets.ISO_8859_1);
        if (segment.matches(octets, 0, octets.length)) {
            return 0;
        }
        if (!(segment instanceof LiteralSegment literal)) {
            return 1;
        }
        String wanted = PathPattern.ascii(literal.octets);
        if (wanted.equalsIgnoreCase(word)) {
            return 0.05;
        }
        double changes = (double) letters(wanted, word) / Math.max(wanted.length(), word.length());
        return changes > 0.5 ? 1 : changes;
    }

    /// How many letters have to be added, removed or replaced.
    private static int letters(String a, String b) {
        if (a.length() > MAX_SEGMENTS || b.length() > MAX_SEGMENTS) {
            return Math.max(a.length(), b.length());
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 0; i < a.length(); i++) {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private Miss pathMiss(PathPattern pattern) {
        return new Miss(Miss.Part.PATH, pathSentence(pattern));
    }

    private String pathSentence(PathPattern pattern) {
        int have = path.getLast().isEmpty() ? path.size() - 1 : path.size();
        boolean slashWanted = endsWithSlash(pattern);
        int need = slashWanted ? pattern.head.length - 1 : pattern.head.length;
        if (pattern.tail == null && have != need) {
            return "path has " + have + (have == 1 ? " segment" : " segments") + ", needs " + need;
        }
        for (int i = 0; i < Math.min(pattern.head.length, path.size()); i++) {
            byte[] octets = path.get(i).getBytes(StandardCharsets.ISO_8859_1);
            if (!pattern.head[i].matches(octets, 0, octets.length)) {
                return pattern.head[i] instanceof LiteralSegment literal && !literal.isEmpty()
                        ? "'" + path.get(i) + "' is not '" + PathPattern.ascii(literal.octets) + "'"
                        : "'" + path.get(i) + "' does not fit";
            }
        }
        if (pattern.tail == null && slashWanted != path.getLast().isEmpty()) {
            return slashWanted ? "path does not end with '/'" : "path ends with '/'";
        }
        return "path does not fit the pattern";
    }

    private static boolean endsWithSlash(PathPattern pattern) {
        return pattern.tail == null
                && pattern.head[pattern.head.length - 1] instanceof LiteralSegment literal
                && literal.isEmpty();
    }

    private String text(int from, int to) {
        return new String(request.octets(), from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
    }

    private String hostName(RouteRequest asked) {
        String name = text(asked.hostStart(), asked.hostEnd()).toLowerCase(Locale.ROOT);
        int colon = name.startsWith("[") ? name.indexOf(':', name.indexOf(']')) : name.indexOf(':');
        name = colon < 0 ? name : name.substring(0, colon);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
