package dev.gatehouse.policy.auth.oidc.provider;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.jwks.DiscoveredKeys;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import dev.gatehouse.policy.auth.jwks.RemoteDocument;
import dev.gatehouse.policy.auth.jwks.RemoteKeys;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What is known of the provider: its discovery document, and its keys. Shared by all loops, and kept through
/// reloads.
public final class Provider implements SharedState<Provider> {
    /// After so long, both are fetched again.
    static final Duration REFRESH = Duration.ofMinutes(10);

    private final RemoteDocument<ProviderMetadata> document;
    private final TimeSource time;
    private final RemoteKeys.Fetches keyFetches;
    private volatile @Nullable RemoteKeys keys;

    /// @param issuer whose document it has to be
    public Provider(ProviderUrl discovery, String issuer, AuthenticatorContext context) {
        boolean secure = "https".equalsIgnoreCase(discovery.uri().getScheme());
        this.document = new RemoteDocument<>(
                new RemoteDocument.Kind<>(
                        "the discovery document",
                        "nobody can log in",
                        "application/json",
                        json -> ProviderMetadata.read(json, issuer, secure)),
                discovery.uri(),
                context.time(),
                DiscoveredKeys.fetches(context));
        this.time = context.time();
        this.keyFetches = RemoteKeys.Fetches.of(context);
    }

    private Provider(RemoteDocument<ProviderMetadata> document, Provider other) {
        this.document = document;
        this.time = other.time;
        this.keyFetches = other.keyFetches;
        RemoteKeys known = other.keys;
        this.keys = known == null ? null : known.peek();
    }

    /// The document at hand, fetched when there is none. Fails with an [java.io.IOException] when it cannot
    /// be had.
    public CompletableFuture<ProviderMetadata> metadata(Exchange exchange) {
        ProviderMetadata known = document.atHand(exchange, REFRESH);
        return known == null ? document.newer(exchange) : CompletableFuture.completedFuture(known);
    }

    /// The keys under the URL that the document names.
    RemoteKeys keys(ProviderMetadata metadata) {
        RemoteKeys known = keys;
        if (known == null || !known.location().equals(metadata.keys())) {
            known = new RemoteKeys(metadata.keys(), time, keyFetches);
            keys = known; // two loops may both make one: either will do
        }
        return known;
    }

    @Override
    public Provider peek() {
        return new Provider(document.peek(), this);
    }
}
