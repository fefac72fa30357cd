package dev.gatehouse.policy.auth.jwks;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.state.StateRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Where the keys come from.
public sealed interface KeySource {
    /// The keys at hand, without waiting; null when there are none yet.
    @Nullable
    KeySet atHand(Exchange exchange);

    /// Keys that may know more than those [#atHand]; null when there are never others. Fails with an
    /// [java.io.IOException] when they cannot be had. Whoever gives up waiting takes nothing from others.
    @Nullable
    CompletableFuture<KeySet> newer(Exchange exchange);

    /// Keys of the configuration.
    record Fixed(KeySet keys) implements KeySource {
        @Override
        public KeySet atHand(Exchange exchange) {
            return keys;
        }

        @Override
        public @Nullable CompletableFuture<KeySet> newer(Exchange exchange) {
            return null;
        }
    }

    /// Keys of a provider.
    ///
    /// @param refresh after so long others are fetched
    record Remote(StateRef<RemoteKeys> state, Duration refresh) implements KeySource {
        @Override
        public @Nullable KeySet atHand(Exchange exchange) {
            return exchange.state(state).atHand(exchange, refresh);
        }

        @Override
        public CompletableFuture<KeySet> newer(Exchange exchange) {
            return exchange.state(state).newer(exchange);
        }
    }

    /// Keys of a provider that says itself where they are.
    ///
    /// @param refresh after so long others are fetched
    record Discovered(StateRef<DiscoveredKeys> state, Duration refresh) implements KeySource {
        @Override
        public @Nullable KeySet atHand(Exchange exchange) {
            return exchange.state(state).atHand(exchange, refresh);
        }

        @Override
        public CompletableFuture<KeySet> newer(Exchange exchange) {
            return exchange.state(state).newer(exchange);
        }
    }
}
