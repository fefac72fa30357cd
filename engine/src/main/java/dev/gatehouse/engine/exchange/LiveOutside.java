package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Mode;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.HttpCalls;
import dev.gatehouse.engine.net.Loop;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Real time and real servers.
public final class LiveOutside implements Outside {
    private final HttpCalls calls;

    public LiveOutside(HttpCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mode mode() {
        return Mode.LIVE;
    }

    @Override
    public boolean isRehearsal() {
        return false;
    }

    @Override
    public CompletableFuture<Void> after(Loop loop, Duration delay) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Deadline deadline = loop.exchanges().register(() -> over.complete(null));
        deadline.at(loop.now() + delay.toNanos());
        // Cancelled or complete, it gives up its place; a cancellation may come from another thread.
        over.whenComplete((_, _) -> {
            if (loop.isCurrent()) {
                deadline.close();
            } else {
                loop.execute(deadline::close);
            }
        });
        return over;
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(Loop loop, HttpRequest request, int limit) {
        return calls.send(loop, request, limit);
    }
}
