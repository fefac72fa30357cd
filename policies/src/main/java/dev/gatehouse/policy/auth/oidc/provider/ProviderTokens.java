package dev.gatehouse.policy.auth.oidc.provider;

import dev.gatehouse.policy.auth.token.TokenClaims;
import org.jspecify.annotations.Nullable;

/// What a provider gave for a code, or for a refresh token. Never printed.
///
/// @param idToken as it was signed; null when a refresh brought none
/// @param claims of the ID token, verified; null as that
/// @param lasts seconds the access token is good for; null when it does not say so
public record ProviderTokens(
        String access,
        @Nullable String refresh,
        @Nullable String idToken,
        @Nullable TokenClaims claims,
        @Nullable Long lasts) {
    @Override
    public String toString() {
        return "ProviderTokens[lasts=" + lasts + "]";
    }
}
