package dev.gatehouse.policy.auth.jwks;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The keys a provider publishes under a URL ([RemoteDocument] says when they are fetched). Shared by all
/// loops, and kept through reloads.
public final class RemoteKeys implements SharedState<RemoteKeys> {
    private static final RemoteDocument.Kind<KeySet> KEYS = new RemoteDocument.Kind<>(
            "the keys", "tokens cannot be judged", "application/jwk-set+json, application/json", JwksReader::read);

    private final RemoteDocument<KeySet> document;

    /// Counts what became of fetches.
    public record Fetches(CounterFamily counters, String authentication) implements RemoteDocument.Fetches {
        /// Those of an authenticator.
        public static Fetches of(AuthenticatorContext context) {
            CounterFamily fetches = context.counter(
                    "gatehouse_jwks_fetches",
                    "How often keys of an identity provider were fetched.",
                    "authentication",
                    "result");
            return new Fetches(fetches, context.name());
        }

        @Override
        public void count(String result) {
            counters.of(authentication, result).add(1);
        }
    }

    /// The keys under a URL, the same for everybody of the same authenticator.
    ///
    /// @param refresh after so long they are old
    public static KeySource source(ProviderUrl url, Duration refresh, AuthenticatorContext context) {
        Fetches fetches = Fetches.of(context);
        return new KeySource.Remote(
                context.state("keys/" + url, () -> new RemoteKeys(url.uri(), context.time(), fetches)), refresh);
    }

    /// For keys under a URL that shows only later; the others have [#source].
    public RemoteKeys(URI location, TimeSource time, Fetches fetches) {
        this(new RemoteDocument<>(KEYS, location, time, fetches));
    }

    private RemoteKeys(RemoteDocument<KeySet> document) {
        this.document = document;
    }

    public URI location() {
        return document.location();
    }

    /// The keys, without waiting; null when there are none yet.
    public @Nullable KeySet atHand(Exchange exchange, Duration refresh) {
        return document.atHand(exchange, refresh);
    }

    /// Keys as new as the bound on fetches allows.
    public CompletableFuture<KeySet> newer(Exchange exchange) {
        return document.newer(exchange);
    }

    @Override
    public RemoteKeys peek() {
        return new RemoteKeys(document.peek());
    }
}
