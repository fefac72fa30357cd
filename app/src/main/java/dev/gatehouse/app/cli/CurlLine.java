package dev.gatehouse.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The request that a pasted `curl` command line would send. What is about the connection or the output (`-s`, `-k`,
/// `-o FILE`, …) is passed over; what is not known is refused, since it might change the request.
final class CurlLine {
    private static final Set<String> SILENT = Set.of(
            "-s",
            "--silent",
            "-S",
            "--show-error",
            "-v",
            "--verbose",
            "-i",
            "--include",
            "-k",
            "--insecure",
            "-L",
            "--location",
            "-f",
            "--fail",
            "-g",
            "--globoff",
            "-N",
            "--no-buffer",
            "-O",
            "--remote-name",
            "-q",
            "--disable",
            "-#",
            "--progress-bar",
            "--path-as-is",
            "--http1.1",
            "--http2",
            "--no-keepalive",
            "--fail-with-body",
            "--no-progress-meter",
            "-4",
            "--ipv4",
            "-6",
            "--ipv6");
    private static final Set<String> SILENT_WITH_VALUE = Set.of(
            "-o",
            "--output",
            "-m",
            "--max-time",
            "--connect-timeout",
            "-w",
            "--write-out",
            "--retry",
            "-x",
            "--proxy",
            "--cacert",
            "-E",
            "--cert",
            "--key",
            "--resolve",
            "--connect-to",
            "-D",
            "--dump-header",
            "-c",
            "--cookie-jar",
            "--limit-rate",
            "--retry-delay",
            "--interface");
    private static final Set<String> WITH_VALUE = Set.of(
            "-X",
            "--request",
            "-H",
            "--header",
            "-d",
            "--data",
            "--data-ascii",
            "--data-raw",
            "--data-binary",
            "--data-urlencode",
            "--json",
            "--url",
            "-u",
            "--user",
            "-A",
            "--user-agent",
            "-e",
            "--referer",
            "-b",
            "--cookie",
            "--oauth2-bearer");

    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final List<String> content = new ArrayList<>();
    private @Nullable String method;
    private @Nullable String url;
    private boolean head;
    private boolean asQuery;
    private boolean json;

    private CurlLine() {}

    /// @param url as it was written
    /// @param body empty for none
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Request(String method, String url, List<Map.Entry<String, String>> headers, byte[] body) {}

    /// @param line with or without `curl` in front
    /// @throws IllegalArgumentException with a sentence, when it is not understood
    static Request parse(String line) {
        List<String> words = ShellWords.of(line);
        CurlLine curl = new CurlLine();
        curl.read(!words.isEmpty() && words.getFirst().equals("curl") ? words.subList(1, words.size()) : words);
        return curl.request();
    }

    private void read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                url(word);
                continue;
            }
            String option = word;
            String value = null;
            if (!word.startsWith("--") && word.length() > 2) {
                // -XPOST, or -sS
                option = word.substring(0, 2);
                if (takesValue(option)) {
                    value = word.substring(2);
                } else {
                    for (int c = 1; c < word.length() - 1; c++) {
                        apply("-" + word.charAt(c), "");
                    }
                    option = "-" + word.charAt(word.length() - 1);
                }
            }
            if (takesValue(option) && value == null) {
                if (++i == words.size()) {
                    throw new IllegalArgumentException("--curl: " + option + " wants a value");
                }
                value = words.get(i);
            }
            apply(option, value == null ? "" : value);
        }
    }

    private static boolean takesValue(String option) {
        return WITH_VALUE.contains(option) || SILENT_WITH_VALUE.contains(option);
    }

    private void apply(String option, String value) {
        switch (option) {
            case "-X", "--request" -> method = value;
            case "-H", "--header" -> header(value);
            case "-d", "--data", "--data-ascii" -> content.add(file(value).replaceAll("[\r\n]", ""));
            case "--data-raw" -> content.add(value);
            case "--data-binary" -> content.add(file(value));
            case "--data-urlencode" -> content.add(encoded(value));
            case "--json" -> {
                json = true;
                content.add(file(value));
            }
            case "--url" -> url(value);
            case "-I", "--head" -> head = true;
            case "-G", "--get" -> asQuery = true;
            case "-u", "--user" -> headers.add(Map.entry("Authorization", basic(value)));
            case "--oauth2-bearer" -> headers.add(Map.entry("Authorization", "Bearer " + value));
            case "-A", "--user-agent" -> headers.add(Map.entry("User-Agent", value));
            case "-e", "--referer" -> headers.add(Map.entry("Referer", value));
            case "-b", "--cookie" -> headers.add(Map.entry("Cookie", value));
            case "--compressed" -> headers.add(Map.entry("Accept-Encoding", "deflate, gzip, br, zstd"));
            default -> {
                if (!SILENT.contains(option) && !SILENT_WITH_VALUE.contains(option)) {
                    throw new IllegalArgumentException("--curl: " + option + " is not understood here");
                }
            }
        }
    }

    private void url(String word) {
        if (url != null) {
            throw new IllegalArgumentException("--curl: two addresses, '" + url + "' and '" + word + "'");
        }
        url = word;
    }

    /// `Name: value`; `Name:` takes away what curl would send, `Name;` sends it empty.
    private void header(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 && line.endsWith(";") && line.length() > 1) {
            headers.add(Map.entry(line.substring(0, line.length() - 1), ""));
            return;
        }
        Map.Entry<String, String> field = QuestionOptions.header("--curl: -H", line);
        if (field.getValue().isEmpty()) {
            removed.add(field.getKey());
        } else {
            headers.add(field);
        }
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /// `@FILE` is what is in the file.
    private static String file(String value) {
        if (!value.startsWith("@")) {
            return value;
        }
        try {
            return Files.readString(Path.of(value.substring(1)));
        } catch (IOException e) {
            throw new UncheckedIOException("--curl: " + value.substring(1) + " cannot be read", e);
        }
    }

    /// `name=content`, `=content` or `content`.
    private static String encoded(String value) {
        int equals = value.indexOf('=');
        String name = equals <= 0 ? "" : value.substring(0, equals + 1);
        return name + URLEncoder.encode(value.substring(equals + 1), StandardCharsets.UTF_8);
    }

    private Request request() {
        String to = url;
        if (to == null) {
            throw new IllegalArgumentException("--curl: there is no address in it");
        }
        String body = String.join(json ? "" : "&", content);
        String verb = method;
        if (verb == null) {
            verb = head ? "HEAD" : content.isEmpty() || asQuery ? "GET" : "POST";
        }
        if (asQuery && !content.isEmpty()) {
            to += (to.contains("?") ? "&" : "?") + body;
            body = "";
        } else if (!content.isEmpty()) {
            usual("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
        }
        usual("User-Agent", "curl");
        usual("Accept", json ? "application/json" : "*/*");
        return new Request(verb, to, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /// What curl sends unless told otherwise.
    private void usual(String name, String value) {
        boolean said = removed.stream().anyMatch(name::equalsIgnoreCase)
                || headers.stream().anyMatch(field -> field.getKey().equalsIgnoreCase(name));
        if (!said) {
            headers.add(Map.entry(name, value));
        }
    }
}
