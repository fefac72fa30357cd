package dev.gatehouse.app.cli;

import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which request `explain` is about.
final class QuestionOptions {
    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header of the request; may be given more than once.")
    private List<String> headers = List.of();

    @Option(names = "--host", paramLabel = "HOST", description = "The host that is asked for (default: localhost).")
    private @Nullable String host;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "The address the client connects from (default: 127.0.0.1).")
    private @Nullable String from;

    @Option(
            names = "--listener",
            paramLabel = "NAME",
            description = "The listener it connects to (default: the first of the file).")
    private @Nullable String listener;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description = "PEM file with the certificate the client shows; taken as one that is believed.")
    private @Nullable Path certificate;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "BODY",
            description = "The body of the request.")
    private @Nullable String data;

    @Option(names = "--curl", paramLabel = "'curl …'", description = "The request that this command line would send.")
    private @Nullable String curl;

    @Mixin
    private AskerOptions asker = new AskerOptions();

    private record Place(@Nullable String host, @Nullable String user, String target) {}

    /// Whether anything was said that only a request has.
    boolean isGiven() {
        return !headers.isEmpty()
                || host != null
                || from != null
                || listener != null
                || data != null
                || curl != null
                || certificate != null
                || asker.isGiven();
    }

    /// @param words METHOD and PATH, or PATH alone
    /// @throws IllegalArgumentException with a sentence for the user
    Question question(List<String> words) {
        String line = curl;
        if (line != null) {
            if (!words.isEmpty()) {
                throw new IllegalArgumentException("--curl says method and path already: " + String.join(" ", words));
            }
            CurlLine.Request request = CurlLine.parse(line);
            String url = request.url().startsWith("/") || request.url().contains("://")
                    ? request.url()
                    : "http://" + request.url();
            return question(request.method(), url, request.headers(), request.body());
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "say which request: gatehouse explain GET /menus/r42 (or --config for the configuration)");
        }
        String method = words.size() == 2 ? words.getFirst() : data == null ? "GET" : "POST";
        return question(method, words.getLast(), List.of(), new byte[0]);
    }

    private Question question(String method, String url, List<Map.Entry<String, String>> given, byte[] givenBody) {
        Place place = place(url);
        List<Map.Entry<String, String>> all = new ArrayList<>();
        String asked = host == null ? place.host() : host;
        boolean named = given.stream().anyMatch(field -> field.getKey().equalsIgnoreCase("host"))
                || headers.stream()
                        .anyMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("host:"));
        if (asked != null && (host != null || !named)) {
            all.add(Map.entry("Host", asked));
        }
        String user = place.user();
        if (user != null) {
            all.add(Map.entry(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        }
        all.addAll(given);
        headers.forEach(header -> all.add(header("-H", header)));
        byte[] body = data == null ? givenBody : data.getBytes(StandardCharsets.UTF_8);
        return showing(new Question(method, place.target(), all, body, client(), listener).askedBy(asker.asker()));
    }

    private Question showing(Question question) {
        Path file = certificate;
        if (file == null) {
            return question;
        }
        try {
            return question.showing(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("--client-cert: " + file + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--client-cert: " + file + ": " + e.getMessage(), e);
        }
    }

    private static Place place(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            if (!url.startsWith("/") && !url.equals("*")) {
                throw new IllegalArgumentException(
                        "'" + url + "' is no path: it begins with '/', or is a whole URL such as http://localhost/x");
            }
            return new Place(null, null, withoutFragment(url));
        }
        String name = url.substring(0, scheme);
        if (!name.equals("http") && !name.equals("https")) {
            throw new IllegalArgumentException("'" + url + "' is not a URL of http or https");
        }
        String rest = withoutFragment(url.substring(scheme + 3));
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        String authority = rest.substring(0, end);
        String target = rest.substring(end);
        int at = authority.lastIndexOf('@');
        if (authority.length() == at + 1) {
            throw new IllegalArgumentException("'" + url + "' names no host");
        }
        return new Place(
                authority.substring(at + 1),
                at < 0 ? null : authority.substring(0, at),
                target.startsWith("/") ? target : "/" + target);
    }

    private static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }

    private InetSocketAddress client() {
        if (from == null) {
            return Question.LOCAL;
        }
        InetAddress address = IpAddress.parse(from);
        if (address == null) {
            throw new IllegalArgumentException("--from: '" + from + "' is no IP address");
        }
        return new InetSocketAddress(address, Question.LOCAL.getPort());
    }

    /// @param option for the message
    /// @throws IllegalArgumentException when it has no colon behind a name
    static Map.Entry<String, String> header(String option, String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon);
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(option + ": '" + line + "' is no header (expected: 'Name: value')");
        }
        return Map.entry(name, line.substring(colon + 1).strip());
    }
}
