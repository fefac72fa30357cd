package dev.gatehouse.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.engine.explain.Question;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A request of a test: `GET /menus/r42`, or a section whose first key is the method.
@Settings(
        name = "test_file.request",
        value = "A request: one of the methods with path and query, and what goes with it.")
public record RequestConfig(
        @Setting("GET this path and query.") @Nullable String get,

        @Setting("HEAD.") @Nullable String head,

        @Setting("POST.") @Nullable String post,

        @Setting("PUT.") @Nullable String put,

        @Setting("PATCH.") @Nullable String patch,

        @Setting("DELETE.") @Nullable String delete,

        @Setting("OPTIONS.") @Nullable String options,

        @Setting("Any method: `PURGE /menus/r42`.") @Nullable
        String line,

        @Setting("Header fields; Host is localhost unless it is here.")
        Map<String, String> headers,

        @Setting("The body as text.") @Nullable String body,

        @Setting("The body as JSON, written as YAML; its type is application/json unless headers says otherwise.")
        @Nullable
        JsonText json,

        @Setting(value = "The address it comes from.", byDefault = "127.0.0.1")
        String from,

        @Setting("The listener it comes in through; left out, the first.") @Nullable
        String listener,

        @Setting("PEM file with the certificate the client shows; taken as one that is believed.") @Nullable
        FileContent clientCertificate) {
    private static final int CLIENT_PORT = 40_000;

    public RequestConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        long lines = Stream.of(get, head, post, put, patch, delete, options, line)
                .filter(Objects::nonNull)
                .count();
        if (lines != 1) {
            throw new IllegalArgumentException("a request has one method: write  get: /path  or  GET /path");
        }
        if (line != null && !line.matches("\\S+ \\S+")) {
            throw new IllegalArgumentException("line: '" + line + "' is not a request: write  GET /path");
        }
        if (body != null && json != null) {
            throw new IllegalArgumentException("a request has one body: give json or body");
        }
        try {
            InetAddress.ofLiteral(from);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("from: '" + from + "' is not an address such as 10.0.0.1", e);
        }
    }

    /// @param line `GET /path?query`; a path alone is a GET
    public static RequestConfig of(String line) {
        String whole = line.strip().startsWith("/") ? "GET " + line.strip() : line.strip();
        return new RequestConfig(
                null, null, null, null, null, null, null, whole, Map.of(), null, null, "127.0.0.1", null, null);
    }

    String method() {
        if (line != null) {
            return line.substring(0, line.indexOf(' '));
        }
        return get != null
                ? "GET"
                : head != null
                        ? "HEAD"
                        : post != null
                                ? "POST"
                                : put != null ? "PUT" : patch != null ? "PATCH" : delete != null ? "DELETE" : "OPTIONS";
    }

    /// Path and query.
    String target() {
        if (line != null) {
            return line.substring(line.indexOf(' ') + 1);
        }
        return Stream.of(get, head, post, put, patch, delete, options)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /// All fields, with the type of the body.
    List<Map.Entry<String, String>> fields() {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        headers.forEach((name, value) -> fields.add(Map.entry(name, value)));
        if (json != null && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            fields.add(Map.entry("Content-Type", "application/json"));
        }
        return fields;
    }

    byte[] octets() {
        String text = json != null ? json.text() : body == null ? "" : body;
        return text.getBytes(UTF_8);
    }

    /// The same for the data path.
    Question question() {
        Question question = new Question(
                method(),
                target(),
                fields(),
                octets(),
                new InetSocketAddress(InetAddress.ofLiteral(from), CLIENT_PORT),
                listener);
        return clientCertificate == null ? question : question.showing(clientCertificate.octets());
    }

    @Override
    public String toString() {
        return method() + " " + target();
    }
}
