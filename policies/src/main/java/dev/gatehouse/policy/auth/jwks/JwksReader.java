package dev.gatehouse.policy.auth.jwks;

import java.security.Key;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Reads a set of keys (RFC 7517 §5).
public final class JwksReader {
    private JwksReader() {}

    /// Keys of kinds that are not understood, for encryption, too weak, or secret are left out: a provider may
    /// publish whatever it likes.
    ///
    /// @throws IllegalArgumentException when it is no set of keys, or none of its keys can verify a token; with a
    ///     sentence that holds nothing of the text
    public static KeySet read(String json) {
        Map<String, Object> set;
        try {
            set = JsonUtil.parseJson(json);
        } catch (JoseException e) {
            throw new IllegalArgumentException("is not a JSON Web Key Set (expected: {\"keys\": [ … ]})", e);
        }
        if (!(set.get("keys") instanceof List<?> entries)) {
            throw new IllegalArgumentException("is not a JSON Web Key Set (expected: {\"keys\": [ … ]})");
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object entry : entries.subList(0, Math.min(entries.size(), KeySet.MOST))) {
            VerificationKey key = entry instanceof Map<?, ?> map ? key(map) : null;
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "has no key that can verify a token (RSA of at least 2048 bits, P-256, P-384, P-521 or Ed25519)");
        }
        return new KeySet(keys);
    }

    private static @Nullable VerificationKey key(Map<?, ?> written) {
        try {
            @SuppressWarnings("unchecked") // what the parser makes of an object of JSON
            JsonWebKey jwk = JsonWebKey.Factory.newJwk((Map<String, Object>) written);
            boolean usable = jwk instanceof PublicJsonWebKey
                    && !"enc".equals(jwk.getUse())
                    && (jwk.getKeyOps() == null || jwk.getKeyOps().contains("verify"));
            return usable ? of(jwk.getKeyId(), jwk.getKey(), jwk.getAlgorithm()) : null;
        } catch (JoseException | RuntimeException e) {
            return null; // of a kind, or with a mistake, that concerns nobody here
        }
    }

    /// @param algorithm the only one, as the provider calls it; null for all that fit
    private static @Nullable VerificationKey of(@Nullable String id, Key key, @Nullable String algorithm) {
        Set<SigningAlgorithm> fitting = SigningAlgorithm.of(key);
        if (algorithm != null) {
            SigningAlgorithm only = SigningAlgorithm.called(algorithm);
            fitting = only != null && fitting.contains(only) ? EnumSet.of(only) : Set.of();
        }
        return fitting.isEmpty() ? null : new VerificationKey(id, key, fitting);
    }
}
