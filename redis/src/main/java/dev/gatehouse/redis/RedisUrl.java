package dev.gatehouse.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a server is: `redis://user:password@host:6379/0`, with `rediss` for TLS; or where its Sentinels are:
/// `redis-sentinel://host:26379,host:26379/0#master`, with `rediss-sentinel` for TLS to the servers and to them.
///
/// No message says what was written: there may be a password in it.
///
/// @param hosts one, or all Sentinels
/// @param database null when it says none
/// @param master what the Sentinels call the server; null for a server itself
public record RedisUrl(
        List<Node> hosts,
        boolean tls,
        @Nullable String user,
        @Nullable String password,
        @Nullable Integer database,
        @Nullable String master) {
    static final int PORT = 6379;
    static final int SENTINEL_PORT = 26379;

    private static final int MOST_PORT = 65_535;

    /// A name or address, or an IPv6 address in brackets; and a port.
    private static final Pattern NODE = Pattern.compile("(?:([A-Za-z0-9_.-]+)|\\[([0-9A-Fa-f:.]+)])(?::([0-9]{1,5}))?");

    private static final String EXPECTED = " (expected: redis://host:6379 or rediss://host:6379)";

    /// A host and its port.
    public record Node(String host, int port) {
        /// @throws IllegalArgumentException with a sentence for the user
        static Node of(String text, int defaultPort) {
            Matcher parts = NODE.matcher(text);
            String port = parts.matches() ? parts.group(3) : null;
            if (!parts.matches() || (port != null && Integer.parseInt(port) > MOST_PORT)) {
                throw new IllegalArgumentException(
                        "what names a server is no host and port (expected: host:" + defaultPort + ")");
            }
            String name = parts.group(1) == null ? parts.group(2) : parts.group(1);
            return new Node(name, port == null ? defaultPort : Integer.parseInt(port));
        }

        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    public RedisUrl {
        hosts = List.copyOf(hosts);
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static RedisUrl of(String text) {
        int authority = text.indexOf("://");
        String scheme = authority < 0 ? "" : text.substring(0, authority).toLowerCase(Locale.ROOT);
        boolean sentinel = scheme.equals("redis-sentinel") || scheme.equals("rediss-sentinel");
        if (!sentinel && !scheme.equals("redis") && !scheme.equals("rediss")) {
            throw new IllegalArgumentException("the URL of a Redis begins with redis:// or rediss://" + EXPECTED);
        }
        String rest = text.substring(authority + 3);
        int fragment = rest.indexOf('#');
        String master = fragment < 0 ? null : decoded(rest.substring(fragment + 1));
        rest = fragment < 0 ? rest : rest.substring(0, fragment);
        int slash = rest.indexOf('/', rest.lastIndexOf('@') + 1);
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        rest = slash < 0 ? rest : rest.substring(0, slash);
        if (rest.indexOf('?') >= 0 || path.indexOf('?') >= 0) {
            throw new IllegalArgumentException("a URL with '?': such settings are keys of their own");
        }
        if (sentinel != (master != null && !master.isEmpty())) {
            throw new IllegalArgumentException(
                    sentinel ? "a redis-sentinel URL ends with #name-of-the-master" : "a URL with '#'" + EXPECTED);
        }
        int at = rest.lastIndexOf('@');
        String[] credentials = at < 0 ? new String[0] : rest.substring(0, at).split(":", 2);
        return new RedisUrl(
                nodes(rest.substring(at + 1), sentinel),
                scheme.startsWith("rediss"),
                credentials.length == 0 || credentials[0].isEmpty() ? null : decoded(credentials[0]),
                credentials.length < 2 ? null : decoded(credentials[1]),
                path.isEmpty() ? null : database(path),
                master);
    }

    private static List<Node> nodes(String text, boolean several) {
        List<Node> nodes = new ArrayList<>();
        for (String node : text.split(",", -1)) {
            nodes.add(Node.of(node, several ? SENTINEL_PORT : PORT));
        }
        if (nodes.size() > 1 && !several) {
            throw new IllegalArgumentException("a URL with several hosts (expected: a list of URLs, for a cluster)");
        }
        return nodes;
    }

    private static int database(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("what follows the host is the number of a database, such as /0");
        }
        return Integer.parseInt(text);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("a URL with a '%' that is not followed by two hexadecimal digits");
        }
    }

    /// Without user and password.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(tls ? "rediss" : "redis");
        text.append(master == null ? "://" : "-sentinel://");
        text.append(String.join(",", hosts.stream().map(Node::toString).toList()));
        if (database != null) {
            text.append('/').append(database.intValue());
        }
        return (master == null ? text : text.append('#').append(master)).toString();
    }
}
