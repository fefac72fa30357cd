package dev.gatehouse.policy.auth.oidc.provider;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.bearer.TokenFault;
import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.jwks.RemoteKeys;
import dev.gatehouse.policy.auth.token.SignedToken;
import dev.gatehouse.policy.auth.token.TokenClaims;
import dev.gatehouse.policy.auth.token.TokenRules;
import dev.gatehouse.policy.auth.token.TokenVerdict;
import dev.gatehouse.policy.auth.token.TokenVerifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Verifies what a provider signs for its clients: ID tokens (OpenID Connect Core 1.0 §3.1.3.7) and logout
/// tokens (OpenID Connect Back-Channel Logout 1.0 §2.6), and what it says of users (Core §5.3.2). Used by all loops.
public final class ProviderTokenCheck {
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final String client;
    private final ProviderAlgorithms algorithms;
    private final long leeway;
    private final TimeSource time;

    /// @param client the `client_id`
    /// @param leeway seconds that clocks may differ
    public ProviderTokenCheck(String client, ProviderAlgorithms algorithms, long leeway, TimeSource time) {
        this.client = client;
        this.algorithms = algorithms;
        this.leeway = leeway;
        this.time = time;
    }

    /// Fails with [LoginRefused] for one that is not to be believed.
    ///
    /// @param nonce what was sent to the provider; null after a refresh, which may have none
    CompletableFuture<TokenClaims> idToken(
            Exchange exchange, Provider provider, ProviderMetadata metadata, String token, @Nullable String nonce) {
        return verified(exchange, provider, metadata, token, "the ID token", true)
                .thenApply(verified -> {
                    TokenClaims claims = verified.claims;
                    if (isCalled(verified.type, "at+jwt", "logout+jwt")
                            || claims.all().containsKey("events")) {
                        throw new LoginRefused("the ID token is a token of another kind");
                    }
                    if (claims.text("sub") == null) {
                        throw new LoginRefused("the ID token has no sub");
                    }
                    String party = claims.text("azp");
                    boolean several = claims.all().get("aud") instanceof List<?> all && all.size() > 1;
                    if (party == null ? several : !party.equals(client)) {
                        throw new LoginRefused("the ID token is meant for another client (azp)");
                    }
                    if (nonce != null && !nonce.equals(claims.text("nonce"))) {
                        throw new LoginRefused("the ID token is not of this login (nonce)");
                    }
                    return claims;
                });
    }

    /// Fails with [LoginRefused] for one that is not to be believed.
    public CompletableFuture<TokenClaims> logoutToken(
            Exchange exchange, Provider provider, ProviderMetadata metadata, String token) {
        return verified(exchange, provider, metadata, token, "the logout token", true)
                .thenApply(verified -> {
                    TokenClaims claims = verified.claims;
                    boolean named = claims.all().get("events") instanceof Map<?, ?> events
                            && events.get(LOGOUT_EVENT) instanceof Map<?, ?>;
                    if (!named || isCalled(verified.type, "at+jwt") || claims.issued() == null) {
                        throw new LoginRefused("the logout token is a token of another kind");
                    }
                    if (claims.all().containsKey("nonce")) {
                        throw new LoginRefused("the logout token has a nonce, as ID tokens have");
                    }
                    if (claims.text("sub") == null && claims.text("sid") == null) {
                        throw new LoginRefused("the logout token names neither sub nor sid");
                    }
                    return claims;
                });
    }

    /// Fails with [LoginRefused] for an answer that is not to be believed. Such answers need no times.
    CompletableFuture<TokenClaims> userinfo(
            Exchange exchange, Provider provider, ProviderMetadata metadata, String token) {
        return verified(exchange, provider, metadata, token, "userinfo", false).thenApply(verified -> {
            TokenClaims claims = verified.claims;
            if (isCalled(verified.type, "at+jwt", "logout+jwt") || claims.all().containsKey("events")) {
                throw new LoginRefused("userinfo is a token of another kind");
            }
            return claims;
        });
    }

    private record Verified(@Nullable String type, TokenClaims claims) {}

    private CompletableFuture<Verified> verified(
            Exchange exchange,
            Provider provider,
            ProviderMetadata metadata,
            String text,
            String what,
            boolean needsTimes) {
        SignedToken token = SignedToken.read(Text.of(text));
        if (token == null) {
            return CompletableFuture.failedFuture(new LoginRefused(what + " is no signed token"));
        }
        TokenVerifier verifier = TokenVerifier.ofOthers(rules(metadata.issuer(), needsTimes));
        RemoteKeys keys = provider.keys(metadata);
        KeySet known = algorithms.keys(keys.atHand(exchange, Provider.REFRESH));
        TokenVerdict verdict = verifier.verify(token, known, time.now());
        if (verdict instanceof TokenVerdict.UnknownKey) {
            return keys.newer(exchange)
                    .thenApply(newer -> good(token, verifier.verify(token, algorithms.keys(newer), time.now()), what));
        }
        try {
            return CompletableFuture.completedFuture(good(token, verdict, what));
        } catch (LoginRefused e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Verified good(SignedToken token, TokenVerdict verdict, String what) {
        return switch (verdict) {
            case TokenVerdict.Good(TokenClaims claims) -> new Verified(token.type(), claims);
            case TokenVerdict.Bad(TokenFault fault) -> throw refused(what, fault);
            case TokenVerdict.Foreign(TokenFault fault) -> throw refused(what, fault);
            case TokenVerdict.UnknownKey(TokenFault fault) -> throw refused(what, fault);
        };
    }

    private static LoginRefused refused(String what, TokenFault fault) {
        return new LoginRefused(what + " is not valid: " + fault.why());
    }

    private TokenRules rules(String issuer, boolean needsTimes) {
        List<String> required = needsTimes ? List.of("iat") : List.of();
        return new TokenRules(algorithms.all(), issuer, Set.of(client), Set.of(), leeway, needsTimes, false, required);
    }

    /// RFC 7515 §4.1.9: in any case, with or without `application/`.
    private static boolean isCalled(@Nullable String type, String... others) {
        String called = type == null ? "" : type.toLowerCase(Locale.ROOT);
        for (String other : others) {
            if (called.equals(other) || called.equals("application/" + other)) {
                return true;
            }
        }
        return false;
    }
}
