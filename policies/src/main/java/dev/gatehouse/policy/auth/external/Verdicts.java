package dev.gatehouse.policy.auth.external;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.state.SharedState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the auth service has said that is remembered, and the questions that are under way: one for all who ask the
/// same, and a bounded number of them. Shared by all loops, and kept through reloads.
final class Verdicts implements SharedState<Verdicts> {
    /// About a KiB each, as an answer is a few fields.
    private static final int MOST_REMEMBERED = 10_000;

    /// Whoever makes up credentials cannot have the auth service asked more at the same time.
    private static final int MOST_QUESTIONS = 256;

    private final Cache<QuestionKey, Remembered> remembered;
    private final ConcurrentHashMap<QuestionKey, CompletableFuture<Verdict>> questions = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final boolean writes;

    /// @param until as [dev.gatehouse.api.time.TimeSource#nanos]
    private record Remembered(Verdict verdict, long until) {}

    Verdicts() {
        this(
                Caffeine.newBuilder()
                        .maximumSize(MOST_REMEMBERED)
                        .executor(Runnable::run)
                        .build(),
                true);
    }

    private Verdicts(Cache<QuestionKey, Remembered> remembered, boolean writes) {
        this.remembered = remembered;
        this.writes = writes;
    }

    /// What still holds, or null.
    @Nullable
    Verdict known(QuestionKey key, long nanos) {
        Remembered found = remembered.getIfPresent(key);
        return found != null && nanos - found.until() < 0 ? found.verdict() : null;
    }

    /// @param until as [dev.gatehouse.api.time.TimeSource#nanos]
    void remember(QuestionKey key, Verdict verdict, long until) {
        if (writes) {
            remembered.put(key, new Remembered(verdict, until));
        }
    }

    /// Asks, unless somebody asks the same already. Whoever gives up waiting takes nothing from others.
    ///
    /// @param key of the whole question; null to ask for oneself
    /// @param question on the loop of the caller
    CompletableFuture<Verdict> ask(@Nullable QuestionKey key, Supplier<CompletableFuture<Verdict>> question) {
        CompletableFuture<Verdict> mine = new CompletableFuture<>();
        CompletableFuture<Verdict> other = key == null ? null : questions.putIfAbsent(key, mine);
        if (other != null) {
            return other.copy();
        }
        if (underWay.incrementAndGet() > MOST_QUESTIONS) {
            ended(key, mine, null, new IOException("the auth service is asked too much at the same time"));
            return mine;
        }
        try {
            question.get().whenComplete((verdict, failure) -> ended(key, mine, verdict, failure));
        } catch (RuntimeException e) {
            ended(key, mine, null, e);
        }
        return mine.copy();
    }

    private void ended(
            @Nullable QuestionKey key,
            CompletableFuture<Verdict> mine,
            @Nullable Verdict verdict,
            @Nullable Throwable failure) {
        underWay.decrementAndGet();
        if (key != null) {
            questions.remove(key, mine);
        }
        if (verdict != null) {
            mine.complete(verdict);
        } else {
            mine.completeExceptionally(failure == null ? new IOException("no answer") : failure);
        }
    }

    /// Sees what is remembered, and shares no question with those in earnest.
    @Override
    public Verdicts peek() {
        return new Verdicts(remembered, false);
    }
}
