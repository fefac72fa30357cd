package dev.gatehouse.policy.internaltoken;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.config.Word;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user writes in the slot `internal_token`.
@Settings(name = "internal_token", value = "Tells the service who calls in a token that the gateway signs (JWT).")
public record InternalTokenConfig(
        @Setting("PEM file with the private key, PKCS #8: RSA of at least 2048 bits, P-256, P-384, P-521 or Ed25519.")
        FileContent key,

        @Setting("PEM file with the public key that belongs to it; publish needs it, except for RSA.") @Nullable
        FileContent publicKey,

        @Setting("Name of the key, kid in tokens: give a new key a new name.")
        String keyId,

        @Setting(
                "How tokens are signed; left out, RS256 for RSA, ES256, ES384 or ES512 by the curve, EdDSA for Ed25519.")
        @Nullable
        Algorithm algorithm,

        @Setting(value = "Who signs: iss of the tokens.", byDefault = "gatehouse")
        String issuer,

        @Setting("For whom the tokens are: aud.") List<String> audience,

        @Setting(
                value = "How long a token is good; the same one is sent again until a quarter of that is left.",
                byDefault = "60s",
                min = "4s",
                max = "1h")
        Duration ttl,

        @Setting(
                value = "Field that carries the token; Authorization has Bearer before it.",
                byDefault = "X-Internal-Token")
        String header,

        @Setting("Claims of the client's own token that are taken over, such as email.")
        List<String> claims,

        @Setting(
                value = "Answers with the public key as a JSON Web Key Set, in place of the service.",
                byDefault = "false")
        boolean publish) {
    private static final List<String> OURS =
            List.of("iss", "aud", "sub", "iat", "exp", "nbf", "roles", "scope", "consumer");

    /// How tokens are signed (RFC 7518 §3.1, RFC 8037).
    public enum Algorithm {
        @Word("RS256")
        RS256,
        @Word("PS256")
        PS256,
        @Word("ES256")
        ES256,
        @Word("ES384")
        ES384,
        @Word("ES512")
        ES512,
        @Word("EdDSA")
        EDDSA;

        /// As tokens write it.
        String label() {
            return this == EDDSA ? "EdDSA" : name();
        }
    }

    public InternalTokenConfig {
        audience = List.copyOf(audience);
        claims = List.copyOf(claims);
        try {
            FieldValues.editable(HeaderName.of(header));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("header: " + e.getMessage(), e);
        }
        if (keyId.isBlank()) {
            throw new IllegalArgumentException("key_id: is empty");
        }
        for (String claim : claims) {
            if (OURS.contains(claim)) {
                throw new IllegalArgumentException("claims: '" + claim + "' is what the gateway itself says");
            }
        }
    }
}
