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

/// The keys of an issuer, whose metadata say where they are ([RemoteDocument] says when both are fetched). Shared by
/// all loops, and kept through reloads.
///
/// ```
///   first token    metadata, then keys: both are waited for
///   metadata old   fetched in the background, like keys
///   keys moved     fetched at the new place; until they are there, those of the old one stay in use
/// ```
public final class DiscoveredKeys implements SharedState<DiscoveredKeys> {
    private static final Duration NEVER_OLD = Duration.ofDays(36_500);

    private final RemoteDocument<URI> metadata;
    private final TimeSource time;
    private final RemoteKeys.Fetches fetches;
    private volatile @Nullable Located located;

    /// @param before what was known at the place before, as long as nothing is known at this one
    private record Located(RemoteKeys keys, @Nullable KeySet before) {}

    /// The keys of an issuer, the same for everybody of the same authenticator.
    ///
    /// @param refresh after so long metadata and keys are old
    public static KeySource source(Discovery discovery, Duration refresh, AuthenticatorContext context) {
        RemoteDocument.Fetches metadataFetches = fetches(context);
        RemoteKeys.Fetches keyFetches = RemoteKeys.Fetches.of(context);
        TimeSource time = context.time();
        return new KeySource.Discovered(
                context.state(
                        "discovered/" + discovery.issuer() + " " + discovery.locations(),
                        () -> new DiscoveredKeys(
                                new RemoteDocument<>(kind(discovery), discovery.locations(), time, metadataFetches),
                                time,
                                keyFetches)),
                refresh);
    }

    /// Counts what became of fetches of metadata.
    public static RemoteDocument.Fetches fetches(AuthenticatorContext context) {
        CounterFamily fetches = context.counter(
                "gatehouse_oidc_discovery_fetches",
                "How often the discovery document of an identity provider was fetched.",
                "authentication",
                "result");
        String name = context.name();
        return result -> fetches.of(name, result).add(1);
    }

    private static RemoteDocument.Kind<URI> kind(Discovery discovery) {
        String issuer = discovery.issuer();
        boolean secure = discovery.isSecure();
        return new RemoteDocument.Kind<>(
                "the metadata",
                "tokens cannot be judged",
                "application/json",
                json -> keys(IssuerMetadata.read(json, issuer, secure)));
    }

    private static URI keys(IssuerMetadata metadata) {
        URI keys = metadata.needed("jwks_uri");
        if (!new ProviderUrl(keys).isProtected()) {
            throw new IllegalArgumentException("has a jwks_uri that is neither https:// nor on this machine");
        }
        return keys;
    }

    private DiscoveredKeys(RemoteDocument<URI> metadata, TimeSource time, RemoteKeys.Fetches fetches) {
        this.metadata = metadata;
        this.time = time;
        this.fetches = fetches;
    }

    /// The keys, without waiting; null when there are none yet.
    @Nullable
    KeySet atHand(Exchange exchange, Duration refresh) {
        URI place = metadata.atHand(exchange, refresh);
        if (place == null) {
            return null;
        }
        Located now = at(exchange, place);
        KeySet known = now.keys.atHand(exchange, refresh);
        if (known == null && now.before != null) {
            var _ = now.keys.newer(exchange);
            return now.before;
        }
        return known;
    }

    /// Keys as new as the bound on fetches allows.
    CompletableFuture<KeySet> newer(Exchange exchange) {
        URI place = metadata.atHand(exchange, NEVER_OLD);
        return place != null
                ? at(exchange, place).keys.newer(exchange)
                : exchange.onLoop(metadata.newer(exchange))
                        .thenCompose(found -> at(exchange, found).keys.newer(exchange));
    }

    private Located at(Exchange exchange, URI place) {
        Located now = located;
        if (now != null && now.keys.location().equals(place)) {
            return now;
        }
        KeySet known = now == null ? null : now.keys.atHand(exchange, NEVER_OLD);
        KeySet before = now == null || known != null ? known : now.before;
        Located there = new Located(new RemoteKeys(place, time, fetches), before);
        located = there; // two loops may both make one: either will do
        return there;
    }

    @Override
    public DiscoveredKeys peek() {
        DiscoveredKeys peek = new DiscoveredKeys(metadata.peek(), time, fetches);
        Located now = located;
        peek.located = now == null ? null : new Located(now.keys.peek(), now.before);
        return peek;
    }
}
