package dev.gatehouse.engine.explain;

import dev.gatehouse.api.Mode;
import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.engine.exchange.Outside;
import dev.gatehouse.engine.net.Loop;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A rehearsal's outside, for one request of somebody who is believed.
record AssumingOutside(Outside outside, AssumedIdentity assumed) implements Outside {
    @Override
    public Mode mode() {
        return outside.mode();
    }

    @Override
    public boolean isRehearsal() {
        return outside.isRehearsal();
    }

    @Override
    public CompletableFuture<Void> after(Loop loop, Duration delay) {
        return outside.after(loop, delay);
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(Loop loop, HttpRequest request, int limit) {
        return outside.call(loop, request, limit);
    }
}
