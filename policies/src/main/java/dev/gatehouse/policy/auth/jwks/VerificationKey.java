package dev.gatehouse.policy.auth.jwks;

import java.security.Key;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key, and what it may be used for.
///
/// @param id its `kid`; null when it has none
/// @param algorithms at least one; the key fits them all
public record VerificationKey(@Nullable String id, Key key, Set<SigningAlgorithm> algorithms) {
    public VerificationKey {
        algorithms = Set.copyOf(algorithms);
    }

    /// Whether `signature` is that of `signed`.
    public boolean verifies(SigningAlgorithm algorithm, byte[] signed, byte[] signature) {
        return algorithms.contains(algorithm) && algorithm.verifies(key, signed, signature);
    }

    /// The key may be a secret.
    @Override
    public String toString() {
        return "key " + id + " " + algorithms;
    }
}
