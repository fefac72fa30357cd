package dev.gatehouse.benchmarks;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Body;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.template.Facts;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An exchange of somebody who is known, of which nothing is asked but who it is and the facts.
record IdentifiedExchange(Identity identity, Facts facts) implements Exchange {
    @Override
    @SuppressWarnings("unchecked") // the one attribute there is
    public <T> @Nullable T get(Attribute<T> attribute) {
        return attribute == Identity.OF_EXCHANGE ? (T) identity : null;
    }

    @Override
    public RequestHead request() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Body requestBody() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String requestId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String route() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mode mode() {
        return Mode.LIVE;
    }

    @Override
    public List<Text> requestHeaders(HeaderName name) {
        return List.of();
    }

    @Override
    public void setRequestHeader(HeaderName name, String value) {}

    @Override
    public void addRequestHeader(HeaderName name, String value) {}

    @Override
    public void removeRequestHeader(HeaderName name) {}

    @Override
    public void removeRequestCookie(String name) {}

    @Override
    public void removeRequestParameter(String name) {}

    @Override
    public <T> void set(Attribute<T> attribute, @Nullable T value) {}

    @Override
    public void note(String fact) {}

    @Override
    public void rule(String name, String place) {}

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public <S extends SharedState<S>> S state(StateRef<S> ref) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void count(Counter counter) {}

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<T> onLoop(CompletionStage<? extends T> stage) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> call(HttpRequest request, int limit) {
        throw new UnsupportedOperationException();
    }
}
