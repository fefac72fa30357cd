package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Page 3's matchers and order once more, the slow and plain way: every route is asked, paths are matched by
/// `java.util.regex`, and what matches is sorted. Shares no code with the table it checks.
final class NaiveRouter {
    private final List<RouteMatcher> routes;
    private final List<Pattern> paths = new ArrayList<>();
    private final List<List<String>> shapes = new ArrayList<>();

    NaiveRouter(List<RouteMatcher> routes) {
        this.routes = routes;
        for (RouteMatcher route : routes) {
            paths.add(path(route.path()));
            shapes.add(kinds(route.path()));
        }
    }

    /// A request in words. No name stands twice in a list.
    record Question(String method, String host, String path, Map<String, String> query, Map<String, String> headers) {}

    /// One route under the most specific of its hosts that fits.
    record Hit(int route, int hostRank) {}

    /// All routes that match, the first to answer in front.
    List<Hit> hits(Question question) {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            int hostRank = hostRank(routes.get(i), question.host);
            if (hostRank >= 0 && fits(i, question) && answers(routes.get(i), question.method)) {
                hits.add(new Hit(i, hostRank));
            }
        }
        hits.sort(order(question));
        return hits;
    }

    /// The methods of the routes that match but for the method.
    List<String> allowed(Question question) {
        List<String> allowed = new ArrayList<>();
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            for (int i = 0; i < routes.size(); i++) {
                RouteMatcher route = routes.get(i);
                if (hostRank(route, question.host) >= 0
                        && fits(i, question)
                        && answers(route, method)
                        && !allowed.contains(method)) {
                    allowed.add(method);
                }
            }
        }
        return allowed;
    }

    private boolean fits(int i, Question question) {
        RouteMatcher route = routes.get(i);
        return allHold(route.query(), question.query)
                && allHold(route.headers(), question.headers)
                && paths.get(i).matcher(question.path).matches();
    }

    private static boolean allHold(Map<String, String> wanted, Map<String, String> found) {
        return wanted.entrySet().stream().allMatch(entry -> holds(entry.getValue(), found.get(entry.getKey())));
    }

    private static boolean holds(String wanted, String found) {
        if (wanted.equals("!*")) {
            return found == null;
        }
        if (found == null) {
            return false;
        }
        return wanted.endsWith("*") ? found.startsWith(wanted.replace("*", "")) : found.equals(wanted);
    }

    private static boolean answers(RouteMatcher route, String method) {
        return route.methods().isEmpty()
                || route.methods().contains(method)
                || (method.equals("HEAD") && route.methods().contains("GET"));
    }

    /// 0 for any host, the length of a wildcard, more for the host itself; -1 when none fits.
    private static int hostRank(RouteMatcher route, String host) {
        if (route.hosts().isEmpty()) {
            return 0;
        }
        int best = -1;
        String name = host.toLowerCase(Locale.ROOT);
        for (String pattern : route.hosts()) {
            if (pattern.equals("*")) {
                best = Math.max(best, 0);
            } else if (pattern.startsWith("*.")
                    && name.length() >= pattern.length()
                    && name.endsWith(pattern.substring(1))) {
                best = Math.max(best, pattern.length());
            } else if (pattern.equals(name)) {
                best = 1000;
            }
        }
        return best;
    }

    /// The table's order without its last steps, which only keep it total.
    private Comparator<Hit> order(Question question) {
        return Comparator.<Hit>comparingInt(hit -> -routes.get(hit.route).priority())
                .thenComparingInt(hit -> -hit.hostRank)
                .thenComparing(hit -> shapes.get(hit.route), NaiveRouter::compareShape)
                .thenComparingInt(hit -> -conditions(routes.get(hit.route)))
                .thenComparing(hit -> question.method.equals("HEAD") && onlyThroughGet(routes.get(hit.route)));
    }

    private static boolean onlyThroughGet(RouteMatcher route) {
        return !route.methods().isEmpty() && !route.methods().contains("HEAD");
    }

    boolean tie(Hit a, Hit b, Question question) {
        return order(question).compare(a, b) == 0;
    }

    private static int conditions(RouteMatcher route) {
        return route.query().size() + route.headers().size() + (route.methods().isEmpty() ? 0 : 1);
    }

    /// Both match one path. A word for each segment sorts as its kind does.
    private static int compareShape(List<String> left, List<String> right) {
        int deep = left.indexOf("5");
        if (deep >= 0 && left.subList(0, deep + 1).equals(right.subList(0, Math.min(deep + 1, right.size())))) {
            int longer = Integer.compare(right.size(), left.size());
            if (longer != 0) {
                return longer;
            }
        }
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            // What ends is before a `**` and behind everything else.
            String x = i < left.size() ? left.get(i) : "4";
            String y = i < right.size() ? right.get(i) : "4";
            if (!x.equals(y)) {
                return x.compareTo(y);
            }
        }
        return 0;
    }

    private static List<String> kinds(String path) {
        List<String> kinds = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            String plain = segment.replaceAll("\\{[a-z]+}", "{}");
            String text = plain.replaceAll("\\{}|\\*", "\0");
            kinds.add(
                    switch (plain) {
                        case "**" -> "5";
                        case "*" -> "3";
                        case "{}" -> "2";
                        default -> text.equals(plain) ? "0" + text : "1" + mixed(text) + plain.replace("{}", "!");
                    });
        }
        return kinds;
    }

    /// Sorts more text, a longer beginning and a longer end to the front.
    private static String mixed(String text) {
        int begins = text.indexOf('\0');
        int ends = text.length() - 1 - text.lastIndexOf('\0');
        return "" + (char) ('z' - text.length()) + (char) ('z' - begins) + (char) ('z' - ends) + text;
    }

    private static Pattern path(String pattern) {
        String segments = Arrays.stream(pattern.substring(1).split("/", -1))
                .map(segment -> segment.equals("**")
                        ? "(/[^/]*)*"
                        : "/" + segment.replace(".", "\\.").replaceAll("\\{[a-z]+}|\\*", "[^/]+"))
                .reduce("", String::concat);
        return Pattern.compile(segments);
    }
}
