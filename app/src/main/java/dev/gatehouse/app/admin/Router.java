package dev.gatehouse.app.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the resource of a path. Immutable.
///
/// Segments are cut before they are decoded: the `%2F` in the id of a route is part of the id.
final class Router {
    private final List<Template> templates;

    private record Template(Resource resource, List<String> segments) {}

    /// @param names decoded
    record Match(Resource resource, Map<String, String> names) {}

    /// @param resources the first that fits wins
    Router(List<Resource> resources) {
        templates = resources.stream()
                .map(resource -> new Template(resource, segments(resource.path())))
                .toList();
    }

    /// @param rawPath as it came, percent-encoded
    @Nullable
    Match match(String rawPath) {
        List<String> path = segments(rawPath);
        for (Template template : templates) {
            Map<String, String> names = names(template.segments, path);
            if (names != null) {
                return new Match(template.resource, names);
            }
        }
        return null;
    }

    private static @Nullable Map<String, String> names(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return null;
        }
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String wanted = template.get(i);
            String found = path.get(i);
            if (wanted.startsWith("{")) {
                if (found.isEmpty()) {
                    return null;
                }
                names.put(wanted.substring(1, wanted.length() - 1), decoded(found));
            } else if (!wanted.equals(found)) {
                return null;
            }
        }
        return names;
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /// Here `+` is a plus sign, in the query too: names of routes and addresses are not words of a form.
    static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
