package dev.gatehouse.policy.auth.jwks;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something a provider publishes under a URL: fetched when it is first needed, again when it is old, and once
/// more when somebody needs it newer. Shared by all loops.
///
/// ```
///   old            fetched in the background; whoever asks is served with what is there
///   needed newer   fetched, and waited for; at most once in 5 s, whatever clients make up
///   provider down  what is there stays, however old; tried again every 5 s, or every second when there is nothing
/// ```
///
/// One fetch is under way at a time, and nobody's: a client that leaves stops waiting and no more.
///
/// @param <T> what it is read as; compared by `equals`, so that the same stays the same object
public final class RemoteDocument<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteDocument.class);
    private static final int LIMIT = 512 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BETWEEN_TRIES = Duration.ofSeconds(5).toNanos();
    private static final long BETWEEN_FIRST_TRIES = Duration.ofSeconds(1).toNanos();

    private final Kind<T> kind;
    private final List<URI> locations;
    private final TimeSource time;
    private final Fetches fetches;
    private final AtomicReference<@Nullable CompletableFuture<T>> running = new AtomicReference<>();
    private volatile @Nullable Fetched<T> held;
    private volatile @Nullable Try last;

    /// What is published.
    ///
    /// @param name in the plural, for logs: `the keys`
    /// @param without what follows when there is none: `tokens cannot be judged`
    /// @param accept the value of `Accept`
    /// @param read makes it of the text; fails with an [IllegalArgumentException] that begins with a verb and
    ///     holds nothing of the text
    public record Kind<T>(String name, String without, String accept, Function<String, T> read) {}

    /// Hears what became of each fetch: `success` or `failure`.
    public interface Fetches {
        /// Somebody who only asks: nothing is counted, and nothing logged.
        Fetches UNSEEN = _ -> {};

        void count(String result);
    }

    /// @param at as [TimeSource#nanos]
    private record Fetched<T>(T document, long at) {}

    /// @param at when it began, as [TimeSource#nanos]
    /// @param problem what became of it; null when it is good, or not known yet
    private record Try(long at, @Nullable String problem) {}

    public RemoteDocument(Kind<T> kind, URI location, TimeSource time, Fetches fetches) {
        this(kind, List.of(location), time, fetches);
    }

    /// @param locations tried in this order: the next one where there is nothing (404)
    RemoteDocument(Kind<T> kind, List<URI> locations, TimeSource time, Fetches fetches) {
        this.kind = kind;
        this.locations = List.copyOf(locations);
        this.time = time;
        this.fetches = fetches;
    }

    /// Where it is looked for first.
    public URI location() {
        return locations.getFirst();
    }

    /// The same for somebody who only asks: what it fetches, which cannot be much, stays its own.
    public RemoteDocument<T> peek() {
        RemoteDocument<T> peek = new RemoteDocument<>(kind, locations, time, Fetches.UNSEEN);
        peek.held = held;
        return peek;
    }

    /// What is there, without waiting; null when there is nothing yet.
    ///
    /// @param refresh after so long it is old
    public @Nullable T atHand(Exchange exchange, Duration refresh) {
        Fetched<T> now = held;
        if (now == null) {
            return null;
        }
        if (time.nanos() - now.at > refresh.toNanos() && running.get() == null && mayTry()) {
            fetch(exchange);
        }
        return now.document;
    }

    /// As new as the bound on fetches allows. Fails with an [IOException] when it cannot be had.
    public CompletableFuture<T> newer(Exchange exchange) {
        CompletableFuture<T> underWay = running.get();
        if (underWay != null) {
            return underWay.copy();
        }
        if (mayTry()) {
            return fetch(exchange).copy();
        }
        Fetched<T> now = held;
        Try tried = last;
        String problem = tried == null ? null : tried.problem;
        return now == null || problem != null
                ? CompletableFuture.failedFuture(
                        new IOException(kind.name + " of " + location() + " cannot be had: " + problem))
                : CompletableFuture.completedFuture(now.document);
    }

    private boolean mayTry() {
        Try before = last;
        return before == null || time.nanos() - before.at >= (held == null ? BETWEEN_FIRST_TRIES : BETWEEN_TRIES);
    }

    private CompletableFuture<T> fetch(Exchange exchange) {
        CompletableFuture<T> fetch = new CompletableFuture<>();
        CompletableFuture<T> other = running.compareAndExchange(null, fetch);
        if (other != null) {
            return other;
        }
        long began = time.nanos();
        last = new Try(began, null);
        ask(exchange, fetch, began, 0);
        return fetch;
    }

    private void ask(Exchange exchange, CompletableFuture<T> fetch, long began, int index) {
        URI location = locations.get(index);
        try {
            HttpRequest request = HttpRequest.newBuilder(location)
                    .timeout(PATIENCE)
                    .header("Accept", kind.accept)
                    .build();
            CompletableFuture<HttpResponse<byte[]>> call = exchange.call(request, LIMIT);
            call.whenComplete((answer, failure) -> {
                if (answer != null && answer.statusCode() == 404 && index + 1 < locations.size()) {
                    ask(exchange, fetch, began, index + 1);
                } else {
                    ended(fetch, began, location, answer, failure);
                }
            });
            if (!call.isDone()) {
                // The time-out of a request ends with the head of its answer: a body may take for ever.
                exchange.after(PATIENCE).thenRun(() -> call.cancel(true));
            }
        } catch (RuntimeException e) {
            ended(fetch, began, location, null, e);
        }
    }

    private void ended(
            CompletableFuture<T> fetch,
            long began,
            URI location,
            @Nullable HttpResponse<byte[]> answer,
            @Nullable Throwable failure) {
        T document = null;
        Throwable wrong = failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
        try {
            if (answer != null) {
                document = read(answer, location);
            }
        } catch (IOException e) {
            wrong = e;
        }
        if (document == null) {
            IOException problem = wrong instanceof IOException e && e.getMessage() != null
                    ? e
                    : new IOException(kind.name + " of " + location + " cannot be had: " + wrong, wrong);
            failed(began, problem);
            running.set(null);
            fetch.completeExceptionally(problem);
            return;
        }
        Fetched<T> before = held;
        // The same stays the same object: what was verified with it need not be verified again.
        T settled = before != null && before.document.equals(document) ? before.document : document;
        held = new Fetched<>(settled, time.nanos());
        succeeded(began, settled == document);
        running.set(null);
        fetch.complete(settled);
    }

    private T read(HttpResponse<byte[]> answer, URI location) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("the answer of " + location + " was " + answer.statusCode());
        }
        try {
            return kind.read.apply(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException("the answer of " + location + " " + e.getMessage(), e);
        }
    }

    private void failed(long began, IOException problem) {
        String text = String.valueOf(problem.getMessage());
        last = new Try(began, text);
        if (fetches != Fetches.UNSEEN) {
            fetches.count("failure");
            LOG.warn("{}; {}", text, held == null ? kind.without : kind.name + " fetched before stay in use");
        }
    }

    private void succeeded(long began, boolean news) {
        last = new Try(began, null);
        if (fetches != Fetches.UNSEEN) {
            fetches.count("success");
            if (news) {
                LOG.info("fetched {} of {}, which changed", kind.name, location());
            }
        }
    }
}
