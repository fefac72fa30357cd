package dev.gatehouse.app.testing;

import dev.gatehouse.engine.target.proxy.SentRequest;
import java.util.List;
import java.util.Locale;

/// Which requests a mock answers: `*` for all, `GET /menus/*`, `/orders/**`. `*` is one segment of the path, `**`
/// at the end any number of them. The path is the one the service is sent.
///
/// @param methods empty for any
/// @param segments of the path; empty for any path
record MockPattern(List<String> methods, List<String> segments) {
    private static final String ANY = "*";
    private static final String REST = "**";

    MockPattern {
        methods = List.copyOf(methods);
        segments = List.copyOf(segments);
    }

    /// @throws IllegalArgumentException with a sentence for the user
    static MockPattern of(String written) {
        String text = written.strip();
        if (text.equals(ANY)) {
            return new MockPattern(List.of(), List.of());
        }
        int slash = text.indexOf('/');
        String before = slash < 0 ? "" : text.substring(0, slash).strip();
        if (slash < 0 || !before.matches("[A-Za-z|, ]*")) {
            throw new IllegalArgumentException(
                    "'" + written + "' is not a request a mock could answer: write GET /menus/*, /menus/** or *");
        }
        List<String> methods = before.isEmpty() || before.equalsIgnoreCase("any")
                ? List.of()
                : List.of(before.toUpperCase(Locale.ROOT).split("[|, ]+"));
        return new MockPattern(methods, List.of(text.substring(slash + 1).split("/", -1)));
    }

    boolean fits(SentRequest sent) {
        return (methods.isEmpty() || methods.contains(sent.method())) && (segments.isEmpty() || fitsPath(sent.path()));
    }

    private boolean fitsPath(String path) {
        List<String> asked = List.of(path.substring(Math.min(1, path.length())).split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            String wanted = segments.get(i);
            if (wanted.equals(REST) && i == segments.size() - 1) {
                return true;
            }
            if (i >= asked.size() || !fitsSegment(wanted, asked.get(i))) {
                return false;
            }
        }
        return asked.size() == segments.size();
    }

    private static boolean fitsSegment(String wanted, String asked) {
        boolean named = wanted.startsWith("{") && wanted.endsWith("}");
        return named || wanted.equals(ANY) ? !asked.isEmpty() : wanted.equals(asked);
    }
}
