package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.ExplainAsker;
import dev.gatehouse.app.admin.view.CertificateList;
import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.app.admin.view.ConsumerList;
import dev.gatehouse.app.admin.view.ConsumerStatus;
import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.KeyList;
import dev.gatehouse.app.admin.view.KeyStatus;
import dev.gatehouse.app.admin.view.KeyVerdict;
import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.app.admin.view.OverrideList;
import dev.gatehouse.app.admin.view.RequestEntry;
import dev.gatehouse.app.admin.view.RequestStory;
import dev.gatehouse.app.admin.view.RevocationKind;
import dev.gatehouse.app.admin.view.RevocationPage;
import dev.gatehouse.app.admin.view.RevocationStatus;
import dev.gatehouse.app.admin.view.ServiceList;
import dev.gatehouse.app.admin.view.TraceToken;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.explain.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks the admin API of a running gateway. What goes wrong is an [IOException] whose message is a sentence for
/// the user, with what to try.
final class AdminClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final String base;
    private final @Nullable String token;

    /// @param place `9000`, `host:9000` or a URL
    /// @throws IllegalArgumentException when it is none of these
    AdminClient(String place, @Nullable String token) {
        this.base = base(place);
        this.token = token;
    }

    /// The URL that is asked, without a path.
    String base() {
        return base;
    }

    Health health() throws IOException, InterruptedException {
        return get("/health", Health.class);
    }

    ConfigStatus config() throws IOException, InterruptedException {
        return get("/api/v1/config/status", ConfigStatus.class);
    }

    ServiceList services() throws IOException, InterruptedException {
        return get("/api/v1/services", ServiceList.class);
    }

    CertificateList certificates() throws IOException, InterruptedException {
        return get("/api/v1/certificates", CertificateList.class);
    }

    OverrideList overrides() throws IOException, InterruptedException {
        return get("/api/v1/overrides", OverrideList.class);
    }

    /// What would be done with this request.
    Explanation explain(Question question) throws IOException, InterruptedException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        question.headers()
                .forEach(field -> headers.computeIfAbsent(field.getKey(), _ -> new ArrayList<>())
                        .add(field.getValue()));
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("method", question.method());
        asked.put("target", question.target());
        asked.put("headers", headers);
        asked.put("body", new String(question.body(), StandardCharsets.UTF_8));
        asked.put("from", question.from().getAddress().getHostAddress());
        asked.put("listener", question.listener());
        asked.put("client_certificate", pem(question.certificates()));
        asked.putAll(ExplainAsker.write(question.asker()));
        return post("/api/v1/explain", asked, Explanation.class);
    }

    /// RFC 7468; null for none.
    private static @Nullable String pem(List<X509Certificate> chain) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate one : chain) {
            try {
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(Base64.getMimeEncoder().encodeToString(one.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was read cannot be written", e);
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    /// @param id or part of one
    RequestStory request(String id) throws IOException, InterruptedException {
        return get("/api/v1/requests/" + encoded(id), RequestStory.class);
    }

    TraceToken traceToken(Duration time) throws IOException, InterruptedException {
        return post("/api/v1/traces", Map.of("for", time.toMillis() + "ms"), TraceToken.class);
    }

    KeyList keys() throws IOException, InterruptedException {
        return get("/api/v1/keys", KeyList.class);
    }

    /// @param wanted its name, and what else is said of it
    ConsumerStatus addConsumer(Map<String, Object> wanted) throws IOException, InterruptedException {
        return post("/api/v1/consumers", wanted, ConsumerStatus.class);
    }

    ConsumerList consumers() throws IOException, InterruptedException {
        return get("/api/v1/consumers", ConsumerList.class);
    }

    /// @param terms `expires`, `not_before`
    NewKey createKey(String consumer, Map<String, Object> terms) throws IOException, InterruptedException {
        return post("/api/v1/consumers/" + encoded(consumer) + "/keys", terms, NewKey.class);
    }

    /// @param terms `overlap`, `expires`
    NewKey rollKey(String id, Map<String, Object> terms) throws IOException, InterruptedException {
        return post("/api/v1/keys/" + encoded(id) + "/roll", terms, NewKey.class);
    }

    KeyStatus revokeKey(String id) throws IOException, InterruptedException {
        String path = "/api/v1/keys/" + encoded(id);
        return ask(to(path).timeout(ANSWER).DELETE(), path, KeyStatus.class);
    }

    KeyVerdict verifyKey(String key) throws IOException, InterruptedException {
        return post("/api/v1/keys/verify", Map.of("key", key), KeyVerdict.class);
    }

    /// @param wanted one of `jti`, `sub` and `token`; `for`, `store`
    RevocationStatus revoke(Map<String, Object> wanted) throws IOException, InterruptedException {
        return post("/api/v1/revocations", wanted, RevocationStatus.class);
    }

    RevocationStatus takeBack(RevocationKind kind, String id) throws IOException, InterruptedException {
        String path = "/api/v1/revocations/" + kind.word() + "/" + encoded(id);
        return ask(to(path).timeout(ANSWER).DELETE(), path, RevocationStatus.class);
    }

    /// @param cursor `next` of the page before; null for the first
    RevocationPage revocations(@Nullable String cursor) throws IOException, InterruptedException {
        String after = cursor == null ? "" : "&cursor=" + encoded(cursor);
        return get("/api/v1/revocations?limit=1000" + after, RevocationPage.class);
    }

    /// Hears of requests until the gateway ends that, or the listener does.
    void follow(@Nullable String filter, RequestEvents listener) throws IOException, InterruptedException {
        String path = "/api/v1/requests" + (filter == null ? "" : "?filter=" + encoded(filter));
        HttpRequest.Builder request = to(path).header("Accept", "text/event-stream");
        HttpResponse<Stream<String>> answer = send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode(), path, lines.collect(Collectors.joining("\n")));
            }
            String event = "";
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ") && !told(event, line.substring("data: ".length()), listener)) {
                    return;
                }
            }
        } catch (UncheckedIOException e) {
            // The gateway has stopped, or the network broke: the same as an end.
        }
    }

    private static boolean told(String event, String json, RequestEvents listener) {
        switch (event) {
            case "request" -> {
                return listener.request(ViewJson.MAPPER.readValue(json, RequestEntry.class));
            }
            case "missed" ->
                listener.missed(ViewJson.MAPPER.readTree(json).path("count").asLong(0));
            default -> {
                // Of a later version.
            }
        }
        return true;
    }

    private <T> T get(String path, Class<T> view) throws IOException, InterruptedException {
        return ask(to(path).timeout(ANSWER), path, view);
    }

    private <T> T post(String path, Map<String, Object> body, Class<T> view) throws IOException, InterruptedException {
        String json = ViewJson.MAPPER.writeValueAsString(body);
        HttpRequest.Builder request = to(path).timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return ask(request, path, view);
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try {
            return http.send(request.build(), body);
        } catch (ConnectException e) {
            throw new UnreachableServer(
                    "no gateway answers at " + base
                            + ". Is it running, with its admin API there? 'gatehouse run' says where"
                            + " it is when it starts; name the place with --server.",
                    e);
        } catch (HttpTimeoutException e) {
            throw new UnreachableServer("no answer from " + base + " in time. Is this the admin API of a gateway?", e);
        } catch (IOException e) {
            throw new IOException(base + " does not speak HTTP: " + e.getMessage(), e);
        }
    }

    private <T> T ask(HttpRequest.Builder request, String path, Class<T> view)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request, HttpResponse.BodyHandlers.ofString());
        // 503 is how a gateway says that it is not ready; the picture is in the answer all the same.
        boolean picture = answer.statusCode() == 503 && path.equals("/health");
        if (answer.statusCode() != 200 && !picture) {
            throw refused(answer.statusCode(), path, answer.body());
        }
        try {
            return ViewJson.MAPPER.readValue(answer.body(), view);
        } catch (JacksonException e) {
            throw new IOException(notAGateway("its answer to " + path + " is not understood"), e);
        }
    }

    /// @throws IllegalArgumentException when the gateway says that it was asked the wrong thing
    private IOException refused(int status, String path, String body) {
        Refusal said = Refusal.of(body);
        if (status == 400 && said != null) {
            throw new IllegalArgumentException(said.detail);
        }
        return new IOException(said == null || said.isBetterSaidHere() ? refused(status, path) : said.detail);
    }

    /// What a gateway says when it does not do something.
    private record Refusal(String code, String detail) {
        /// What it cannot know is what was typed here.
        private static final Set<String> HERE = Set.of("UNAUTHENTICATED", "INVALID_TOKEN", "FORBIDDEN");

        /// Null when a gateway does not say that, or one that knows no such path: an older one.
        static @Nullable Refusal of(String body) {
            try {
                JsonNode problem = ViewJson.MAPPER.readTree(body);
                boolean ours = problem.path("type").asString("").startsWith("urn:gatehouse:");
                String code = problem.path("code").asString("");
                String detail = problem.path("detail").asString(null);
                return ours && detail != null && !code.equals("NOT_FOUND") ? new Refusal(code, detail) : null;
            } catch (JacksonException e) {
                return null;
            }
        }

        boolean isBetterSaidHere() {
            return HERE.contains(code);
        }
    }

    private String refused(int status, String path) {
        return switch (status) {
            case 401 ->
                token == null
                        ? base + " wants the admin token: --token gha_…, or GATEHOUSE_TOKEN in the environment"
                        : "this is not the admin token of the gateway at " + base;
            case 403 ->
                base + " refuses to be asked by this name. Ask for localhost and the port the gateway itself uses.";
            default -> notAGateway(path + " answers " + status);
        };
    }

    private String notAGateway(String why) {
        return base + " does not look like the admin API of a gateway: " + why
                + ". Its port is 9000 unless the file says otherwise.";
    }

    private static String base(String place) {
        String url = place.contains("://") ? place : "http://" + (place.matches("[0-9]+") ? "127.0.0.1:" : "") + place;
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            URI uri = URI.create(base);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawUserInfo() == null) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in our words.
        }
        throw new IllegalArgumentException(
                "'" + place + "' is no place of an admin API: 9000, host:9000 or http://host:9000");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
