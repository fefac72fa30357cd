package dev.gatehouse.policy;

import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Whom a [FakeExchange] calls, what they say, and what it waits for. At first nobody is there.
public final class FakeNetwork {
    public final List<HttpRequest> calls = new ArrayList<>();
    public final List<CompletableFuture<Void>> timers = new ArrayList<>();
    public Function<HttpRequest, CompletableFuture<HttpResponse<byte[]>>> answer =
            _ -> CompletableFuture.failedFuture(new ConnectException("refused"));
}
