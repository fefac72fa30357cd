package dev.gatehouse.policy.auth;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;

/// An answer of a provider, as a call brings it.
public record TestAnswer(int statusCode, byte[] body, HttpRequest request, Map<String, List<String>> fields)
        implements HttpResponse<byte[]> {
    public TestAnswer(int statusCode, byte[] body, HttpRequest request) {
        this(statusCode, body, request, Map.of());
    }

    /// At once, with fields: `X-User: 12345`.
    public static CompletableFuture<HttpResponse<byte[]>> with(
            HttpRequest request, int status, String body, String... fields) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String field : fields) {
            int colon = field.indexOf(": ");
            all.computeIfAbsent(field.substring(0, colon), _ -> new ArrayList<>())
                    .add(field.substring(colon + 2));
        }
        return CompletableFuture.completedFuture(
                new TestAnswer(status, body.getBytes(StandardCharsets.UTF_8), request, all));
    }

    /// At once.
    public static CompletableFuture<HttpResponse<byte[]>> now(HttpRequest request, int status, String body) {
        return CompletableFuture.completedFuture(
                new TestAnswer(status, body.getBytes(StandardCharsets.UTF_8), request));
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return HttpHeaders.of(fields, (_, _) -> true);
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
