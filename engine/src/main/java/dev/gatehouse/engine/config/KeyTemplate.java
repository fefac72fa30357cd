package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.NotInThisVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What makes two requests go to the same instance: facts of a request in braces, with text between them as it
/// pleases. `{header.x-user}`, `{cookie.sid}`, `{query.k}`, `{client.ip}`, `{tenant}` (a parameter of the path).
///
/// @param parts in order, at least one of them a fact
public record KeyTemplate(List<Part> parts) {
    /// Facts of later features: their names are taken, so that they are not read as something else today.
    private static final Set<String> LATER = Set.of("jwt", "consumer");

    /// Where a part of the key comes from.
    public enum Source {
        /// The part's name itself.
        TEXT,
        /// A request header; the first, when there are several.
        HEADER,
        COOKIE,
        /// A value of the query, as it was sent.
        QUERY,
        CLIENT_IP,
        /// A parameter of the route's path.
        PARAMETER
    }

    public record Part(Source source, String name) {}

    public KeyTemplate {
        parts = List.copyOf(parts);
        if (parts.stream().allMatch(part -> part.source() == Source.TEXT)) {
            throw new IllegalArgumentException(
                    "load_balancer.key: names nothing of the request (expected: something like {client.ip})");
        }
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static KeyTemplate of(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int end = open < 0 ? text.length() : open;
            if (end > at) {
                parts.add(new Part(Source.TEXT, text.substring(at, end)));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("load_balancer.key: '" + text + "' opens a brace and never closes it");
            }
            parts.add(fact(text.substring(open + 1, close)));
            at = close + 1;
        }
        return new KeyTemplate(parts);
    }

    private static Part fact(String written) {
        int dot = written.indexOf('.');
        String kind = dot < 0 ? "" : written.substring(0, dot);
        String name = written.substring(dot + 1);
        if (name.isEmpty() || name.indexOf(' ') >= 0) {
            throw unknown(written, "is not a fact of a request");
        }
        if (LATER.contains(kind)) {
            throw new NotInThisVersion("load_balancer.key: {" + written + "} is not in this version");
        }
        return switch (kind) {
            case "" -> new Part(Source.PARAMETER, name);
            case "header" -> new Part(Source.HEADER, name.toLowerCase(Locale.ROOT));
            case "cookie" -> new Part(Source.COOKIE, name);
            case "query" -> new Part(Source.QUERY, name);
            case "client" -> {
                if (!name.equals("ip")) {
                    throw unknown(written, "is not a fact of a request");
                }
                yield new Part(Source.CLIENT_IP, name);
            }
            default -> throw unknown(written, "is not a fact of a request");
        };
    }

    private static IllegalArgumentException unknown(String written, String why) {
        return new IllegalArgumentException("load_balancer.key: {" + written + "} " + why
                + " (expected: {header.name}, {cookie.name}, {query.name}, {client.ip} or {path parameter})");
    }
}
