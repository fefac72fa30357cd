package dev.gatehouse.engine.explain;

import dev.gatehouse.api.Mode;
import dev.gatehouse.engine.exchange.Outside;
import dev.gatehouse.engine.net.Loop;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The time is the loop's own, which is moved by hand; who is called is played by somebody.
///
/// @param calls answers in the place of those who are called
record StagedOutside(Function<HttpRequest, CompletableFuture<HttpResponse<byte[]>>> calls) implements Outside {
    /// There is nobody to call.
    static CompletableFuture<HttpResponse<byte[]>> nobody(HttpRequest request) {
        return CompletableFuture.failedFuture(
                new IOException("nobody is called in a test: " + request.method() + " " + request.uri()));
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
        return loop.after(delay);
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(Loop loop, HttpRequest request, int limit) {
        CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
        calls.apply(request)
                .whenComplete((response, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else if (response.body().length > limit) {
                        answer.completeExceptionally(new IOException("the answer is larger than " + limit + " bytes"));
                    } else {
                        answer.complete(response);
                    }
                }));
        return answer;
    }
}
