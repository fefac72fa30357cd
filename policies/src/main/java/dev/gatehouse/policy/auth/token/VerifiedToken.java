package dev.gatehouse.policy.auth.token;

import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.revocation.RevocationWatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token that was found good, and what it says. Shared by all loops; what changes in it is one reference that
/// anybody may set anew.
final class VerifiedToken {
    /// By which it was found good: with others it has to be verified again.
    ///
    /// @param keys compared by identity first, as is all of it
    record Basis(TokenRules rules, IdentityMapping mapping, KeySet keys) {}

    private final Basis basis;
    private final Identity identity;
    private final @Nullable String consumer;
    private final long expires;
    private final RevocationWatch watch;
    private volatile Authentication.Identified last;

    VerifiedToken(Basis basis, TokenClaims claims) {
        this.basis = basis;
        this.identity = basis.mapping().identity(claims.all());
        this.consumer = basis.mapping().consumer(identity);
        this.expires = claims.seconds("exp");
        this.watch = new RevocationWatch(identity.credential(), identity.subject(), claims.issued());
        this.last = new Authentication.Identified(identity);
    }

    Basis basis() {
        return basis;
    }

    /// The moment it is void, or null for never.
    @Nullable
    Instant expires() {
        return expires == TokenClaims.NEVER ? null : Instant.ofEpochSecond(expires);
    }

    boolean isExpired(Instant now) {
        return expires != TokenClaims.NEVER
                && now.getEpochSecond() >= expires + basis.rules().leeway();
    }

    RevocationWatch watch() {
        return watch;
    }

    /// Who it is now: who a consumer is may have changed since the token was verified.
    Authentication.Identified identified(Consumers consumers) {
        Authentication.Identified now = last;
        Consumer known = consumer == null ? null : consumers.consumer(consumer);
        if (now.identity().consumer() == known) {
            return now;
        }
        Authentication.Identified other = new Authentication.Identified(known == null ? identity : identity.as(known));
        last = other;
        return other;
    }
}
