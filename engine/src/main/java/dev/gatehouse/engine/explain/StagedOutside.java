package dev.gatehouse.engine.explain;

import dev.gatehouse.api.Mode;
import dev.gatehouse.engine.exchange.Outside;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The time is the loop's own, which is moved by hand; there is nobody to call.
final class StagedOutside implements Outside {
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
        over.whenComplete((_, _) -> deadline.close());
        return over;
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(Loop loop, HttpRequest request, int limit) {
        return CompletableFuture.failedFuture(
                new IOException("nobody is called in a test: " + request.method() + " " + request.uri()));
    }
}
