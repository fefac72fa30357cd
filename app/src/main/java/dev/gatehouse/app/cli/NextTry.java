package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Trace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What to ask `explain` next, when a request came nowhere but near a route.
final class NextTry {
    private static final Pattern OTHER_METHOD = Pattern.compile("method is .*, needs ([A-Z]+).*");
    private static final Pattern OTHER_WORD = Pattern.compile("'(.+)' is not '(.+)'");
    private static final Pattern OTHER_HOST = Pattern.compile("host is not ([^*]+)");
    private static final Pattern HEADER = Pattern.compile("header (\\S+) is missing");
    private static final Pattern QUERY = Pattern.compile("query parameter (\\S+) is missing");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._~%=-]+");

    private NextTry() {}

    /// A command line, or null when nothing useful can be said.
    static @Nullable String of(Explanation said) {
        Trace trace = said.trace();
        boolean nowhere = "NO_ROUTE".equals(trace.code()) || "METHOD_NOT_ALLOWED".equals(trace.code());
        if (!nowhere) {
            return null;
        }
        for (Trace.Route route : trace.routes()) {
            String next = route.missed() == null ? null : next(said, route.missed());
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    private static @Nullable String next(Explanation said, String missed) {
        int query = said.target().indexOf('?');
        String path = query < 0 ? said.target() : said.target().substring(0, query);
        String rest = query < 0 ? "" : said.target().substring(query);
        Matcher method = OTHER_METHOD.matcher(missed);
        if (method.matches()) {
            return command(method.group(1), said.target(), "");
        }
        Matcher word = OTHER_WORD.matcher(missed);
        if (word.matches()) {
            String other =
                    ("/" + path.substring(1) + "/").replace("/" + word.group(1) + "/", "/" + word.group(2) + "/");
            return command(said.method(), other.substring(0, other.length() - 1) + rest, "");
        }
        if (missed.equals("path ends with '/'")) {
            return command(said.method(), path.substring(0, path.length() - 1) + rest, "");
        }
        if (missed.equals("path does not end with '/'")) {
            return command(said.method(), path + "/" + rest, "");
        }
        Matcher host = OTHER_HOST.matcher(missed);
        if (host.matches()) {
            return command(said.method(), said.target(), " --host " + host.group(1));
        }
        Matcher header = HEADER.matcher(missed);
        if (header.matches()) {
            return command(said.method(), said.target(), " -H '" + header.group(1) + ": …'");
        }
        Matcher parameter = QUERY.matcher(missed);
        if (parameter.matches()) {
            String more = (rest.isEmpty() ? "?" : rest + "&") + parameter.group(1) + "=…";
            return command(said.method(), path + more, "");
        }
        return null;
    }

    static String command(String method, String target, String more) {
        String quoted = PLAIN.matcher(target).matches() ? target : "'" + target + "'";
        return "gatehouse explain " + method + " " + quoted + more;
    }
}
