package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A store whose answers a test gives, which knows limits only.
final class HeldStore implements Store, StateRef<Store> {
    final List<List<LimitTake>> asked = new ArrayList<>();
    final List<LimitTake> givenBack = new ArrayList<>();
    int nodes = 1;
    private CompletableFuture<List<LimitState>> answer = CompletableFuture.completedFuture(List.of());

    /// From now on everybody gets this.
    HeldStore answers(LimitState... states) {
        answer = CompletableFuture.completedFuture(List.of(states));
        return this;
    }

    HeldStore isDown() {
        answer = CompletableFuture.failedFuture(new IOException("connection refused"));
        return this;
    }

    /// Says nothing, until what this gives is completed.
    CompletableFuture<List<LimitState>> hangs() {
        answer = new CompletableFuture<>();
        return answer;
    }

    @Override
    public CompletionStage<List<LimitState>> take(List<LimitTake> wishes) {
        asked.add(wishes);
        return answer;
    }

    @Override
    public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        return answer;
    }

    @Override
    public void giveBack(List<LimitTake> taken) {
        givenBack.addAll(taken);
    }

    @Override
    public int nodes() {
        return nodes;
    }

    @Override
    public String name() {
        return "held";
    }

    @Override
    public Store peek() {
        return this;
    }

    @Override
    public CompletionStage<byte[]> get(String key) {
        throw new UnsupportedOperationException("limits only");
    }

    @Override
    public CompletionStage<Void> put(String key, byte[] value, Duration lasts) {
        throw new UnsupportedOperationException("limits only");
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts) {
        throw new UnsupportedOperationException("limits only");
    }

    @Override
    public CompletionStage<Boolean> prolong(String key, Duration lasts) {
        throw new UnsupportedOperationException("limits only");
    }

    @Override
    public CompletionStage<Long> add(String key, long amount, Duration lasts) {
        throw new UnsupportedOperationException("limits only");
    }

    @Override
    public CompletionStage<Boolean> remove(String key) {
        throw new UnsupportedOperationException("limits only");
    }

    @Override
    public CompletionStage<List<String>> keys(String prefix, int limit) {
        throw new UnsupportedOperationException("limits only");
    }
}
