package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.Text;
import dev.gatehouse.policy.auth.oidc.provider.ProviderTokens;
import dev.gatehouse.policy.auth.token.SignedToken;
import dev.gatehouse.policy.auth.token.TokenClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody who logged in, and what the provider gave for it. Immutable; never printed.
///
/// @param id random, of 256 bits: who knows it, and its store, has the session
/// @param began when the login was
/// @param seen when a request was last, to the tenth of the idle time
/// @param idToken as the provider signed it; verified before it came in here
/// @param refresh null when the provider gave none
/// @param access null when nobody needs it
/// @param accessExpires when tokens have to be refreshed; null for never
/// @param userinfo what the provider told beyond the ID token; empty when it was not asked
public record Session(
        String id,
        Instant began,
        Instant seen,
        String idToken,
        @Nullable String refresh,
        @Nullable String access,
        @Nullable Instant accessExpires,
        Map<String, Object> userinfo) {
    /// What ID tokens say about themselves, and nobody wants to know of a user.
    private static final List<String> OF_THE_TOKEN = List.of("nonce", "at_hash", "c_hash", "s_hash", "jti");

    /// What is known of the user.
    public Map<String, Object> claims() {
        SignedToken token = SignedToken.read(Text.of(idToken));
        Map<String, Object> claims = new LinkedHashMap<>(userinfo);
        if (token != null) {
            claims.putAll(new TokenClaims(token.claims()).all());
        }
        OF_THE_TOKEN.forEach(claims::remove);
        return claims;
    }

    /// Whether it is over.
    boolean isOver(Instant now, SessionConfig config) {
        return !now.isBefore(began.plus(config.lasts())) || !now.isBefore(seen.plus(config.idle()));
    }

    /// How long it lasts when nobody comes any more.
    Duration left(Instant now, SessionConfig config) {
        Duration whole = Duration.between(now, began.plus(config.lasts()));
        Duration idle = Duration.between(now, seen.plus(config.idle()));
        Duration least = whole.compareTo(idle) < 0 ? whole : idle;
        return least.isNegative() ? Duration.ZERO : least;
    }

    public Session seenAt(Instant now) {
        return new Session(id, began, now, idToken, refresh, access, accessExpires, userinfo);
    }

    /// With the tokens of a refresh; what it did not bring stays.
    ///
    /// @param keepsAccess whether somebody needs the access token
    public Session refreshed(ProviderTokens tokens, Instant now, boolean keepsAccess) {
        return new Session(
                id,
                began,
                now,
                tokens.idToken() == null ? idToken : tokens.idToken(),
                tokens.refresh() == null ? refresh : tokens.refresh(),
                keepsAccess ? tokens.access() : null,
                tokens.lasts() == null ? null : now.plusSeconds(tokens.lasts()),
                userinfo);
    }

    /// Never its secrets.
    @Override
    public String toString() {
        return "Session[began=" + began + ", seen=" + seen + "]";
    }
}
