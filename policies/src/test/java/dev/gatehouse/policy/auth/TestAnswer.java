package dev.gatehouse.policy.auth;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;

/// An answer of a provider, as a call brings it.
public record TestAnswer(int statusCode, byte[] body, HttpRequest request) implements HttpResponse<byte[]> {
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
        return HttpHeaders.of(Map.of(), (_, _) -> true);
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
