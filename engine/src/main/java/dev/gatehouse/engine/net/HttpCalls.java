package dev.gatehouse.engine.net;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Calls that policies make themselves: to an identity provider, to a service that decides. Seldom against the
/// requests that pass, and to servers that want TLS, so it is the JDK's client that makes them, on a thread of its
/// own; what comes back continues on the loop that asked. Opened by the first call.
public final class HttpCalls implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private @Nullable HttpClient client;
    private boolean closed;

    /// @param limit octets of the answer's body; with more of them the call fails
    /// @return completes on `loop`; cancelled, it ends the call
    public CompletableFuture<HttpResponse<byte[]>> send(Loop loop, HttpRequest request, int limit) {
        CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
        HttpRequest bounded = request.timeout().isPresent()
                ? request
                : HttpRequest.newBuilder(request, (_, _) -> true)
                        .timeout(REQUEST_TIMEOUT)
                        .build();
        CompletableFuture<HttpResponse<byte[]>> call =
                client().sendAsync(bounded, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limit));
        call.whenComplete((response, failure) -> loop.execute(() -> {
            if (failure == null) {
                answer.complete(response);
            } else {
                answer.completeExceptionally(
                        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure);
            }
        }));
        answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                call.cancel(true);
            }
        });
        return answer;
    }

    private synchronized HttpClient client() {
        if (closed) {
            throw new IllegalStateException("the gateway is stopping");
        }
        HttpClient open = client;
        if (open == null) {
            open = HttpClient.newBuilder()
                    .followRedirects(Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();
            client = open;
        }
        return open;
    }

    /// Ends calls that are under way.
    @Override
    public synchronized void close() {
        closed = true;
        HttpClient open = client;
        client = null;
        if (open != null) {
            open.shutdownNow();
        }
    }
}
