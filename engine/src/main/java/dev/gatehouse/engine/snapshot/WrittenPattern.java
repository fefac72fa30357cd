package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.load.RouteOrigins;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.routing.RouteProblem.BadPattern;
import org.jspecify.annotations.Nullable;

/// Finds the character of a file that is wrong in a pattern. The pattern may stand in a group of the route, or be put
/// together of several paths; where it holds a placeholder or an escape the whole value is the place.
final class WrittenPattern {
    private static final String PATH = "path";
    private static final String MATCH = "match.";
    private static final String WITHIN_GROUP = ".routes[";

    private WrittenPattern() {}

    static Span place(BadPattern bad, Loaded loaded, RouteOrigins origins) {
        String pattern = bad.text();
        // From the route outwards.
        for (String at = origins.path(); ; at = at.substring(0, at.lastIndexOf(WITHIN_GROUP))) {
            Node node = loaded.node(at) instanceof Node.Mapping route ? written(route, bad.place()) : null;
            boolean outermost = !at.contains(WITHIN_GROUP);
            if (node instanceof Node.Scalar scalar && bad.place().equals(PATH) && !outermost) {
                int before = pattern.length() - scalar.text().length();
                if (pattern.endsWith(scalar.text()) && bad.position() < before) {
                    pattern = pattern.substring(0, before);
                    continue;
                }
            }
            if (node != null) {
                return character(node, pattern, bad.position());
            }
            if (outermost) {
                return origins.span();
            }
        }
    }

    /// @param place `path`, `hosts[1]`, `match.headers.X-Version`
    private static @Nullable Node written(Node.Mapping route, String place) {
        if (place.startsWith(MATCH)) {
            return route.get("match") instanceof Node.Mapping match
                    ? written(match, place.substring(MATCH.length()))
                    : null;
        }
        int dot = place.indexOf('.');
        if (dot > 0) {
            return route.get(place.substring(0, dot)) instanceof Node.Mapping fields
                    ? fields.get(place.substring(dot + 1))
                    : null;
        }
        int bracket = place.indexOf('[');
        if (bracket < 0) {
            return route.get(place);
        }
        int index = Integer.parseInt(place.substring(bracket + 1, place.length() - 1));
        Node value = route.get(place.substring(0, bracket));
        return value instanceof Node.Sequence list && index < list.items().size()
                ? list.items().get(index)
                : value;
    }

    private static Span character(Node node, String pattern, int position) {
        Span span = node.span();
        if (!(node instanceof Node.Scalar scalar) || !pattern.endsWith(scalar.text())) {
            return span;
        }
        String text = scalar.text();
        int quote = scalar.plain() ? 0 : 1;
        int within = position - (pattern.length() - text.length());
        boolean asWritten =
                span.text().length() == text.length() + 2 * quote && span.text().startsWith(text, quote);
        if (!asWritten || within < 0 || within > text.length()) {
            return span;
        }
        return Span.at(span.file(), span.line(), span.column() + quote + text.codePointCount(0, within));
    }
}
