package dev.gatehouse.policy.auth.oidc.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.jwks.VerificationKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;

/// The ways a provider may sign what is for its client, and the keys for them: those it publishes and, where the user
/// names an algorithm of that kind, the client's secret (OpenID Connect Core 1.0 §10.1).
///
/// @param all that are taken
/// @param secret for those that are made with it; null for none
public record ProviderAlgorithms(
        Set<SigningAlgorithm> all, @Nullable VerificationKey secret) {
    public ProviderAlgorithms {
        all = Set.copyOf(all);
    }

    /// @param named by the user; empty for all of public keys
    public static ProviderAlgorithms of(List<SigningAlgorithm> named, @Nullable String clientSecret) {
        EnumSet<SigningAlgorithm> all = EnumSet.allOf(SigningAlgorithm.class);
        if (named.isEmpty()) {
            all.removeIf(SigningAlgorithm::isSymmetric);
        } else {
            all.retainAll(named);
        }
        EnumSet<SigningAlgorithm> symmetric = EnumSet.copyOf(all);
        symmetric.removeIf(algorithm -> !algorithm.isSymmetric());
        return new ProviderAlgorithms(
                all,
                symmetric.isEmpty() || clientSecret == null
                        ? null
                        : new VerificationKey(null, new HmacKey(clientSecret.getBytes(UTF_8)), symmetric));
    }

    /// The keys a token is verified with; null when there are none yet.
    ///
    /// @param published by the provider
    @Nullable
    KeySet keys(@Nullable KeySet published) {
        if (secret == null) {
            return published;
        }
        List<VerificationKey> keys = new ArrayList<>();
        keys.add(secret);
        if (published != null) {
            keys.addAll(published.keys());
        }
        return new KeySet(keys);
    }
}
