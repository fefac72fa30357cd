package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Mode;
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
    public boolean mayHoldUp() {
        return false;
    }

    @Override
    public CompletableFuture<Void> after(Loop loop, Duration delay) {
        return loop.after(delay);
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(Loop loop, HttpRequest request, int limit) {
        return calls.send(loop, request, limit);
    }
}
