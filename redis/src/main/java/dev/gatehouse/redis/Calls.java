package dev.gatehouse.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Puts questions to the server: each is answered or fails in its time, and none waits for a server that is away.
/// Safe for threads; a stage ends on whatever thread.
final class Calls {
    /// Questions without an answer, those included whose time is over: the server may still answer them. With
    /// more, it is not asked, so that one that has stopped does not fill the memory.
    static final int MOST_WAITING = 16_384;

    private final String store;
    private final Link[] links;
    private final boolean cluster;
    private final Deadlines deadlines;
    private final LongSupplier clock;
    private final long patience;
    private final Meter meter;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean up = true;
    private volatile boolean closed;

    /// What is asked.
    ///
    /// @param <T> the answer
    interface Question<T extends @Nullable Object> {
        CompletionStage<T> put(RedisClusterAsyncCommands<String, byte[]> commands);
    }

    /// @param store its name, for messages
    /// @param links at least one
    /// @param patience for how long an answer is waited for, in nanoseconds
    Calls(
            String store,
            Link[] links,
            boolean cluster,
            Deadlines deadlines,
            LongSupplier clock,
            long patience,
            Meter meter) {
        this.store = store;
        this.links = links;
        this.cluster = cluster;
        this.deadlines = deadlines;
        this.clock = clock;
        this.patience = patience;
        this.meter = meter;
    }

    <T extends @Nullable Object> CompletionStage<T> ask(Question<T> question) {
        return ask(question, _ -> {});
    }

    /// @param late is given an answer that nobody waits for any more
    <T extends @Nullable Object> CompletionStage<T> ask(Question<T> question, Consumer<T> late) {
        if (closed) {
            return refuse("is closed");
        }
        // The same connection for the same thread, so that what a loop asks stays in order.
        Link link = links[(int) (Thread.currentThread().threadId() % links.length)];
        RedisClusterAsyncCommands<String, byte[]> commands = link.commands();
        if (commands == null) {
            return whenOpen(link, question, late);
        }
        Answer<T> answer = new Answer<>(link, clock.getAsLong());
        put(commands, answer, question, late);
        return answer;
    }

    /// The very first questions wait for the first connection.
    private <T extends @Nullable Object> CompletionStage<T> whenOpen(
            Link link, Question<T> question, Consumer<T> late) {
        link.start();
        CompletableFuture<Void> opening = link.opening();
        RedisClusterAsyncCommands<String, byte[]> already = link.commands();
        if (opening == null && already == null) {
            up = false;
            return refuse("cannot be reached");
        }
        Answer<T> answer = new Answer<>(link, clock.getAsLong());
        if (already != null || opening == null) {
            put(already, answer, question, late);
            return answer;
        }
        if (waiting.get() >= MOST_WAITING) {
            return refuse("has too much to answer");
        }
        deadlines.add(answer);
        waiting.incrementAndGet();
        opening.whenComplete((_, _) -> {
            waiting.decrementAndGet();
            if (!answer.isDone()) {
                put(link.commands(), answer, question, late);
            }
        });
        return answer;
    }

    private <T extends @Nullable Object> void put(
            @Nullable RedisClusterAsyncCommands<String, byte[]> commands,
            Answer<T> answer,
            Question<T> question,
            Consumer<T> late) {
        if (commands == null) {
            up = false;
            answer.fail("cannot be reached", null);
            meter.down();
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            answer.fail("has too much to answer", null);
            meter.down();
            return;
        }
        CompletionStage<T> asked;
        try {
            asked = question.put(commands);
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedStage(e);
        }
        deadlines.add(answer);
        asked.whenComplete((value, failure) -> {
            waiting.decrementAndGet();
            if (failure == null) {
                answered(answer, value, late);
            } else {
                failed(answer, failure);
            }
        });
    }

    private <T extends @Nullable Object> void answered(Answer<T> answer, T value, Consumer<T> late) {
        answer.link.answered();
        up = true;
        if (answer.complete(value)) {
            meter.answered(clock.getAsLong() - answer.put);
        } else {
            late.accept(value);
        }
    }

    private <T extends @Nullable Object> void failed(Answer<T> answer, Throwable failure) {
        String refusal = Reasons.refusal(failure);
        if (Reasons.isAnswer(failure)) {
            answer.link.answered();
            if (refusal != null && !cluster) { // there, it is one node among others
                answer.link.refused(refusal);
            }
        }
        up = Reasons.isAnswer(failure) && refusal == null;
        if (answer.fail(Reasons.isAnswer(failure) ? Reasons.of(failure) : "cannot be reached", failure)) {
            meter.failed();
        }
    }

    private <T extends @Nullable Object> CompletionStage<T> refuse(String why) {
        meter.down();
        return CompletableFuture.failedStage(new StoreDownException("store '" + store + "' " + why, null));
    }

    /// Whether the last question was answered.
    boolean isUp() {
        return up;
    }

    void close() {
        closed = true;
        for (Link link : links) {
            link.close();
        }
    }

    /// What somebody waits for.
    private final class Answer<T extends @Nullable Object> extends CompletableFuture<T> implements Deadlines.Waiting {
        private final Link link;
        private final long put;

        private Answer(Link link, long put) {
            this.link = link;
            this.put = put;
        }

        boolean fail(String why, @Nullable Throwable cause) {
            return completeExceptionally(new StoreDownException("store '" + store + "' " + why, cause));
        }

        @Override
        public long due() {
            return put + patience;
        }

        @Override
        public void expire() {
            if (fail("gives no answer within " + Duration.ofNanos(patience).toMillis() + " ms", null)) {
                up = false;
                meter.late();
                link.missed(put);
            }
        }
    }
}
