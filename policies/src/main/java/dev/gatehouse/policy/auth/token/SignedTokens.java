package dev.gatehouse.policy.auth.token;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.bearer.Refusals;
import dev.gatehouse.policy.auth.bearer.TokenFault;
import dev.gatehouse.policy.auth.bearer.TokenFault.Kind;
import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.jwks.KeySource;
import dev.gatehouse.policy.auth.revocation.RevocationCheck;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Says who a signed token speaks of, if it is good. Used by all loops.
///
/// ```
///   remembered ──────────────────────────────┐
///   taken apart ─► verified ─► remembered ───┴─► not revoked ─► identity
///                    └─ key not known: newer keys are waited for, once
/// ```
public final class SignedTokens {
    private final TokenRules rules;
    private final IdentityMapping mapping;
    private final TokenVerifier verifier;
    private final KeySource source;
    private final @Nullable RevocationCheck revocation;
    private final StateRef<VerifiedTokens> memory;
    private final Consumers consumers;
    private final TimeSource time;
    private volatile VerifiedToken.@Nullable Basis basis;

    /// @param remembered octets that verified tokens may take
    /// @param revocation null when nothing is ever revoked
    public SignedTokens(
            TokenRules rules,
            IdentityMapping mapping,
            KeySource source,
            @Nullable RevocationCheck revocation,
            long remembered,
            AuthenticatorContext context) {
        this.rules = rules;
        this.mapping = mapping;
        this.verifier = new TokenVerifier(rules);
        this.source = source;
        this.revocation = revocation;
        this.memory = context.state("tokens/" + remembered, () -> new VerifiedTokens(remembered));
        this.consumers = context.consumers();
        this.time = context.time();
    }

    /// Never [Authentication.Absent]. What is waited for does not touch the exchange.
    public Authentication judge(Exchange exchange, Text text) {
        Instant now = time.now();
        VerifiedTokens tokens = exchange.state(memory);
        KeySet keys = source.atHand(exchange);
        VerifiedToken known = tokens.find(text);
        if (known != null && keys != null && isCurrent(known, keys)) {
            if (known.isExpired(now)) {
                tokens.forget(TokenKey.view(text));
                Instant expired = known.expires();
                return Refusals.of(TokenFault.expired(expired == null ? now : expired), now);
            }
            return unlessRevoked(exchange, tokens, null, known);
        }
        SignedToken token = SignedToken.read(text);
        if (token == null) {
            TokenFault malformed = new TokenFault(Kind.MALFORMED, "it is no signed token in compact form");
            return new Authentication.Foreign(Refusals.of(malformed, now));
        }
        TokenVerdict verdict = verifier.verify(token, keys, now);
        if (verdict instanceof TokenVerdict.UnknownKey) {
            CompletableFuture<KeySet> newer = source.newer(exchange);
            if (newer != null) {
                return whenFetched(exchange, tokens, newer, token, TokenKey.copy(text));
            }
        }
        return switch (verdict) {
            case TokenVerdict.Good(TokenClaims claims)
            when keys != null ->
                unlessRevoked(exchange, tokens, TokenKey.copy(text), new VerifiedToken(basis(keys), claims));
            default -> refusal(verdict, now);
        };
    }

    private boolean isCurrent(VerifiedToken known, KeySet keys) {
        VerifiedToken.Basis by = known.basis();
        return by == basis(keys) || by.equals(basis(keys));
    }

    /// The same object as long as nothing changes.
    private VerifiedToken.Basis basis(KeySet keys) {
        VerifiedToken.Basis now = basis;
        if (now == null || now.keys() != keys) {
            now = new VerifiedToken.Basis(rules, mapping, keys);
            basis = now;
        }
        return now;
    }

    private Authentication whenFetched(
            Exchange exchange,
            VerifiedTokens tokens,
            CompletableFuture<KeySet> newer,
            SignedToken token,
            TokenKey key) {
        Store store = revocation == null ? null : revocation.store(exchange);
        return new Authentication.Awaited(newer.thenCompose(keys -> {
            Instant now = time.now();
            TokenVerdict verdict = verifier.verify(token, keys, now);
            return verdict instanceof TokenVerdict.Good(TokenClaims claims)
                    ? whenNotRevoked(store, tokens, key, new VerifiedToken(basis(keys), claims))
                    : CompletableFuture.completedFuture(refusal(verdict, now));
        }));
    }

    /// @param fresh to remember it by; null when it is remembered
    private Authentication unlessRevoked(
            Exchange exchange, VerifiedTokens tokens, @Nullable TokenKey fresh, VerifiedToken token) {
        if (revocation == null) {
            return good(tokens, fresh, token);
        }
        Boolean revoked = revocation.known(token.watch());
        if (revoked != null) {
            return revoked ? revoked() : good(tokens, fresh, token);
        }
        CompletableFuture<Authentication> judged =
                whenNotRevoked(revocation.store(exchange), tokens, fresh, token).toCompletableFuture();
        return judged.state() == CompletableFuture.State.SUCCESS
                ? judged.resultNow()
                : new Authentication.Awaited(judged);
    }

    private CompletionStage<Authentication> whenNotRevoked(
            @Nullable Store store, VerifiedTokens tokens, @Nullable TokenKey fresh, VerifiedToken token) {
        return revocation == null || store == null
                ? CompletableFuture.completedFuture(good(tokens, fresh, token))
                : revocation
                        .ask(store, token.watch())
                        .thenApply(revoked -> revoked ? revoked() : good(tokens, fresh, token));
    }

    private Authentication good(VerifiedTokens tokens, @Nullable TokenKey fresh, VerifiedToken token) {
        if (fresh != null) {
            tokens.remember(fresh, token);
        }
        return token.identified(consumers);
    }

    private Authentication revoked() {
        return Refusals.of(new TokenFault(Kind.REVOKED, "it, or all of its subject, was revoked"), time.now());
    }

    private static Authentication refusal(TokenVerdict verdict, Instant now) {
        return switch (verdict) {
            case TokenVerdict.Foreign(TokenFault fault) -> new Authentication.Foreign(Refusals.of(fault, now));
            case TokenVerdict.Bad(TokenFault fault) -> Refusals.of(fault, now);
            case TokenVerdict.UnknownKey(TokenFault fault) -> Refusals.of(fault, now);
            case TokenVerdict.Good _ -> throw new IllegalStateException("a good token without a key");
        };
    }
}
