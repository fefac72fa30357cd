package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Decision;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The decision one walk waits for: heard on the exchange's loop whoever completes it, cancelled when its time is over
/// or nobody wants it any more. Belongs to one [PolicyWalk] and is used again with it.
final class AwaitedDecision {
    private final Loop loop;
    private final Consumer<CompletableFuture<? extends Decision>> onComplete;

    private @Nullable CompletableFuture<? extends Decision> waiting;

    /// Made for the first that is waited for: most exchanges wait for none.
    private @Nullable Deadline deadline;

    /// Counts up, so that one which completes late is not taken for the next.
    private int turn;

    /// @param onComplete hears, on the loop, that the one waited for is complete, one way or another
    AwaitedDecision(Loop loop, Consumer<CompletableFuture<? extends Decision>> onComplete) {
        this.loop = loop;
        this.onComplete = onComplete;
    }

    /// @param patience after which it is cancelled
    void await(CompletableFuture<? extends Decision> future, Duration patience) {
        waiting = future;
        int mine = ++turn;
        Deadline until = deadline;
        if (until == null) {
            until = loop.exchanges().register(this::onDeadline);
            deadline = until;
        }
        until.at(loop.now() + patience.toNanos());
        // Never on the spot: who completes it may be in the middle of something, the body of this exchange perhaps.
        future.whenComplete((_, _) -> loop.execute(() -> complete(mine, future)));
    }

    private void onDeadline() {
        CompletableFuture<? extends Decision> future = waiting;
        if (future != null) {
            future.cancel(true);
        }
    }

    private void complete(int mine, CompletableFuture<? extends Decision> future) {
        if (mine == turn && waiting == future) {
            loop.now();
            stop();
            onComplete.accept(future);
        }
    }

    boolean isAwaited() {
        return waiting != null;
    }

    /// Nobody waits for it any more.
    void cancel() {
        CompletableFuture<? extends Decision> future = waiting;
        if (future != null) {
            stop();
            future.cancel(true);
        }
    }

    private void stop() {
        waiting = null;
        turn++;
        if (deadline != null) {
            deadline.disarm();
        }
    }
}
