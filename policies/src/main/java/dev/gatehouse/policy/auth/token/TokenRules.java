package dev.gatehouse.policy.auth.token;

import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold of a token, beside its signature.
///
/// @param algorithms it may be signed with
/// @param issuer `iss`, exactly; null for anybody
/// @param audience one of them is among `aud`, exactly; empty for anybody
/// @param types `typ` of its head, in lower case and without `application/`; empty: anything an access token may have
/// @param leeway seconds that clocks may differ
/// @param needsExpiry whether `exp` must be there
/// @param needsSubject whether `sub` must be there
/// @param requiredClaims what else must be there, and not be null
public record TokenRules(
        Set<SigningAlgorithm> algorithms,
        @Nullable String issuer,
        Set<String> audience,
        Set<String> types,
        long leeway,
        boolean needsExpiry,
        boolean needsSubject,
        List<String> requiredClaims) {
    public TokenRules {
        algorithms = Set.copyOf(algorithms);
        audience = Set.copyOf(audience);
        types = Set.copyOf(types);
        requiredClaims = List.copyOf(requiredClaims);
    }
}
