package dev.gatehouse.policy.auth.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.policy.auth.oidc.session.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The refreshes of sessions that are under way, and what became of the last ones: a provider that gives a
/// new refresh token each time takes the old one only once, and a browser asks for ten things at the same
/// time. Shared by all loops.
final class Renewals implements SharedState<Renewals> {
    /// So long whoever still shows the old cookie is given what came of it.
    private static final long REMEMBERED = Duration.ofSeconds(60).toNanos();

    /// After so long a provider that was down is asked again.
    private static final long BETWEEN_TRIES = Duration.ofSeconds(10).toNanos();

    private static final int MOST = 20_000;

    private final Cache<String, Run> runs = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(2))
            .executor(Runnable::run)
            .build();

    /// What became of a refresh.
    sealed interface Renewal {
        record Renewed(Session session) implements Renewal {}

        /// The provider wants another login.
        record Over() implements Renewal {}

        /// The provider cannot be asked: the session goes on as it is.
        record Later() implements Renewal {}
    }

    /// @param began as [dev.gatehouse.api.time.TimeSource#nanos]
    private record Run(CompletableFuture<Renewal> result, long began) {
        boolean holds(long nanos) {
            if (!result.isDone()) {
                return true;
            }
            boolean later =
                    result.state() != CompletableFuture.State.SUCCESS || result.resultNow() instanceof Renewal.Later;
            return nanos - began < (later ? BETWEEN_TRIES : REMEMBERED);
        }
    }

    /// Refreshes, unless somebody does or did so. Whoever gives up waiting takes nothing from others.
    ///
    /// @param key of the session as it is before
    /// @param refresh on the loop of the caller
    CompletableFuture<Renewal> renew(String key, long nanos, Supplier<CompletableFuture<Renewal>> refresh) {
        Run mine = new Run(new CompletableFuture<>(), nanos);
        while (true) {
            Run other = runs.getIfPresent(key);
            if (other != null && other.holds(nanos)) {
                return other.result.copy();
            }
            @Nullable Run before = other == null ? runs.asMap().putIfAbsent(key, mine) : null;
            boolean isMine = other == null ? before == null : runs.asMap().replace(key, other, mine);
            if (isMine) {
                break;
            }
        }
        refresh.get().whenComplete((renewal, failure) -> {
            if (failure == null) {
                mine.result.complete(renewal);
            } else {
                mine.result.completeExceptionally(failure);
            }
        });
        return mine.result.copy();
    }

    /// One of its own: who only asks refreshes nothing.
    @Override
    public Renewals peek() {
        return new Renewals();
    }
}
