package dev.gatehouse.policy.auth.jwks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The keys that hold at a moment. Immutable; what was verified with them is good as long as they are the same.
///
/// @param keys at most [#MOST]
public record KeySet(List<VerificationKey> keys) {
    /// Providers publish two or three.
    static final int MOST = 100;

    /// A token that does not name its key costs no more tries than that.
    private static final int MOST_TRIES = 4;

    public KeySet {
        keys = List.copyOf(keys.subList(0, Math.min(keys.size(), MOST)));
    }

    /// A key that is everybody's, however a token calls it.
    public static KeySet of(VerificationKey only) {
        return new KeySet(List.of(only));
    }

    /// Those that may have signed a token, at most [#MOST_TRIES].
    ///
    /// @param id as the token says; null when it says nothing
    public List<VerificationKey> candidates(@Nullable String id, SigningAlgorithm algorithm) {
        List<VerificationKey> found = new ArrayList<>(1);
        for (VerificationKey key : keys) {
            boolean named = id == null || key.id() == null || Objects.equals(key.id(), id);
            if (named && key.algorithms().contains(algorithm) && found.size() < MOST_TRIES) {
                found.add(key);
            }
        }
        return found;
    }
}
