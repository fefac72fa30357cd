package dev.gatehouse.testkit;

import dev.gatehouse.api.Mode;
import dev.gatehouse.engine.exchange.Outside;
import dev.gatehouse.engine.net.Loop;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What exchanges reach that many threads have at once with one policy: they are in earnest, and nobody waits.
///
/// @param calls answers in the place of those who are called
record CrowdOutside(Function<HttpRequest, CompletableFuture<HttpResponse<byte[]>>> calls) implements Outside {
    @Override
    public Mode mode() {
        return Mode.LIVE;
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
        return calls.apply(request);
    }
}
