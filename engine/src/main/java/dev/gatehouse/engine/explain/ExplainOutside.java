package dev.gatehouse.engine.explain;

import dev.gatehouse.api.Mode;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.engine.exchange.Outside;
import dev.gatehouse.engine.net.Loop;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Nobody is waited for, and nobody is called.
final class ExplainOutside implements Outside {
    @Override
    public Mode mode() {
        return Mode.EXPLAIN;
    }

    @Override
    public boolean isRehearsal() {
        return true;
    }

    @Override
    public CompletableFuture<Void> after(Loop loop, Duration delay) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(Loop loop, HttpRequest request, int limit) {
        return CompletableFuture.failedFuture(new NeedsNetworkException());
    }
}
