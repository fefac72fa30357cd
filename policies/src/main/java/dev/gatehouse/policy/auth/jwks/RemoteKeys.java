package dev.gatehouse.policy.auth.jwks;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.TimeSource;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys a provider publishes under a URL: fetched when they are first needed, again when they are old, and once
/// more when a token names a key that is not among them. Shared by all loops, and kept through reloads.
///
/// ```
///   old            fetched in the background; whoever asks is served with what is there
///   unknown key    fetched, and waited for; at most once in 5 s, whatever clients make up
///   provider down  what is there stays, however old; tried again every 5 s, or every second when there is nothing
/// ```
///
/// One fetch is under way at a time, and nobody's: a client that leaves stops waiting and no more.
public final class RemoteKeys implements SharedState<RemoteKeys> {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final int LIMIT = 512 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BETWEEN_TRIES = Duration.ofSeconds(5).toNanos();
    private static final long BETWEEN_FIRST_TRIES = Duration.ofSeconds(1).toNanos();

    private final URI location;
    private final TimeSource time;
    private final @Nullable Fetches fetches;
    private final AtomicReference<@Nullable CompletableFuture<KeySet>> running = new AtomicReference<>();
    private volatile @Nullable Fetched held;
    private volatile @Nullable Try last;

    /// Counts what became of fetches.
    record Fetches(CounterFamily counters, String authentication) {
        void count(String result) {
            counters.of(authentication, result).add(1);
        }
    }

    /// @param at as [TimeSource#nanos]
    private record Fetched(KeySet keys, long at) {}

    /// @param at when it began, as [TimeSource#nanos]
    /// @param problem what became of it; null when it is good, or not known yet
    private record Try(long at, @Nullable String problem) {}

    /// The keys under a URL, the same for everybody of the same authenticator.
    ///
    /// @param refresh after so long they are old
    public static KeySource source(ProviderUrl url, Duration refresh, AuthenticatorContext context) {
        CounterFamily fetches = context.counter(
                "gatehouse_jwks_fetches",
                "How often keys of an identity provider were fetched.",
                "authentication",
                "result");
        return new KeySource.Remote(
                context.state(
                        "keys/" + url,
                        () -> new RemoteKeys(url.uri(), context.time(), new Fetches(fetches, context.name()))),
                refresh);
    }

    RemoteKeys(URI location, TimeSource time, Fetches fetches) {
        this(location, time, fetches, null);
    }

    private RemoteKeys(URI location, TimeSource time, @Nullable Fetches fetches, @Nullable Fetched held) {
        this.location = location;
        this.time = time;
        this.fetches = fetches;
        this.held = held;
    }

    /// The keys, without waiting; null when there are none yet.
    @Nullable
    KeySet atHand(Exchange exchange, Duration refresh) {
        Fetched now = held;
        if (now == null) {
            return null;
        }
        if (time.nanos() - now.at > refresh.toNanos() && running.get() == null && mayTry()) {
            fetch(exchange);
        }
        return now.keys;
    }

    /// Keys as new as the bound on fetches allows.
    CompletableFuture<KeySet> newer(Exchange exchange) {
        CompletableFuture<KeySet> underWay = running.get();
        if (underWay != null) {
            return underWay.copy();
        }
        if (mayTry()) {
            return fetch(exchange).copy();
        }
        Fetched now = held;
        Try tried = last;
        String problem = tried == null ? null : tried.problem;
        return now == null || problem != null
                ? CompletableFuture.failedFuture(
                        new IOException("the keys of " + location + " cannot be had: " + problem))
                : CompletableFuture.completedFuture(now.keys);
    }

    private boolean mayTry() {
        Try before = last;
        return before == null || time.nanos() - before.at >= (held == null ? BETWEEN_FIRST_TRIES : BETWEEN_TRIES);
    }

    private CompletableFuture<KeySet> fetch(Exchange exchange) {
        CompletableFuture<KeySet> fetch = new CompletableFuture<>();
        CompletableFuture<KeySet> other = running.compareAndExchange(null, fetch);
        if (other != null) {
            return other;
        }
        long began = time.nanos();
        last = new Try(began, null);
        try {
            HttpRequest request = HttpRequest.newBuilder(location)
                    .timeout(PATIENCE)
                    .header("Accept", "application/jwk-set+json, application/json")
                    .build();
            CompletableFuture<HttpResponse<byte[]>> call = exchange.call(request, LIMIT);
            call.whenComplete((answer, failure) -> ended(fetch, began, answer, failure));
            if (!call.isDone()) {
                // The time-out of a request ends with the head of its answer: a body may take for ever.
                exchange.after(PATIENCE).thenRun(() -> call.cancel(true));
            }
        } catch (RuntimeException e) {
            ended(fetch, began, null, e);
        }
        return fetch;
    }

    private void ended(
            CompletableFuture<KeySet> fetch,
            long began,
            @Nullable HttpResponse<byte[]> answer,
            @Nullable Throwable failure) {
        KeySet keys = null;
        Throwable wrong = failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
        try {
            if (answer != null) {
                keys = read(answer);
            }
        } catch (IOException e) {
            wrong = e;
        }
        if (keys == null) {
            IOException problem = wrong instanceof IOException e
                    ? e
                    : new IOException("the keys of " + location + " cannot be had: " + wrong, wrong);
            failed(began, problem);
            running.set(null);
            fetch.completeExceptionally(problem);
            return;
        }
        Fetched before = held;
        // The same keys stay the same object: what was verified with them need not be verified again.
        KeySet settled = before != null && before.keys.equals(keys) ? before.keys : keys;
        held = new Fetched(settled, time.nanos());
        succeeded(began, settled == keys);
        running.set(null);
        fetch.complete(settled);
    }

    private KeySet read(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("the answer of " + location + " was " + answer.statusCode());
        }
        try {
            return JwksReader.read(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException("the answer of " + location + " " + e.getMessage(), e);
        }
    }

    private void failed(long began, IOException problem) {
        String text = String.valueOf(problem.getMessage());
        last = new Try(began, text);
        if (fetches != null) {
            fetches.count("failure");
            LOG.warn("{}; {}", text, held == null ? "tokens cannot be judged" : "the keys fetched before stay in use");
        }
    }

    private void succeeded(long began, boolean news) {
        last = new Try(began, null);
        if (fetches != null) {
            fetches.count("success");
            if (news) {
                LOG.info("{} has keys that were not known before", location);
            }
        }
    }

    /// The same keys for somebody who only asks: what it fetches, which cannot be much, stays its own.
    @Override
    public RemoteKeys peek() {
        return new RemoteKeys(location, time, null, held);
    }
}
