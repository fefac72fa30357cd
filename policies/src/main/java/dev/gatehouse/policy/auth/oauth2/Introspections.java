package dev.gatehouse.policy.auth.oauth2;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.state.SharedState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The answers of the server that are remembered, and the questions that are under way: one for a token, whoever asks,
/// and a bounded number of them. Shared by all loops, and kept through reloads.
final class Introspections implements SharedState<Introspections> {
    /// Good and bad ones; about 2 KiB each.
    private static final int MOST_ANSWERS = 20_000;

    /// Whoever makes up tokens cannot have the server asked more at the same time.
    private static final int MOST_QUESTIONS = 256;

    private final Cache<TokenHash, Introspected> answers;
    private final ConcurrentHashMap<TokenHash, CompletableFuture<Introspected>> questions = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final boolean writes;

    Introspections() {
        this(
                Caffeine.newBuilder()
                        .maximumSize(MOST_ANSWERS)
                        .executor(Runnable::run)
                        .build(),
                true);
    }

    private Introspections(Cache<TokenHash, Introspected> answers, boolean writes) {
        this.answers = answers;
        this.writes = writes;
    }

    /// An answer that still holds, or null.
    @Nullable
    Introspected known(TokenHash token, long nanos) {
        Introspected answer = answers.getIfPresent(token);
        return answer != null && nanos - answer.until() < 0 ? answer : null;
    }

    /// Asks, unless somebody does already. Whoever gives up waiting takes nothing from others.
    ///
    /// @param question on the loop of the caller
    CompletableFuture<Introspected> ask(TokenHash token, Supplier<CompletableFuture<Introspected>> question) {
        CompletableFuture<Introspected> mine = new CompletableFuture<>();
        CompletableFuture<Introspected> other = questions.putIfAbsent(token, mine);
        if (other != null) {
            return other.copy();
        }
        if (underWay.incrementAndGet() > MOST_QUESTIONS) {
            ended(token, mine, null, new IOException("too many tokens are being asked about"));
            return mine;
        }
        try {
            question.get().whenComplete((answer, failure) -> ended(token, mine, answer, failure));
        } catch (RuntimeException e) {
            ended(token, mine, null, e);
        }
        return mine.copy();
    }

    private void ended(
            TokenHash token,
            CompletableFuture<Introspected> mine,
            @Nullable Introspected answer,
            @Nullable Throwable failure) {
        underWay.decrementAndGet();
        if (answer != null && writes) {
            answers.put(token, answer);
        }
        questions.remove(token, mine);
        if (answer != null) {
            mine.complete(answer);
        } else {
            mine.completeExceptionally(failure == null ? new IOException("no answer") : failure);
        }
    }

    @Override
    public Introspections peek() {
        return new Introspections(answers, false);
    }
}
