package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user writes about one key under `keys`.
@Settings(name = "authentication.hmac.key", value = "A secret that a program signs its requests with.")
public record HmacKeyConfig(
        @Setting("The secret, at least 32 octets: ${env:NAME} or ${file:path}. As text, or base64: and its octets.")
        String secret,

        @Setting("Name of the consumer who has the key, as under consumers.") @Nullable
        String consumer,

        @Setting("User in whose name the key's requests are made.") @Nullable
        String user,

        @Setting("Roles of the key's requests.") List<String> roles) {
    private static final String BASE64 = "base64:";

    /// As long as the hash: with less, guessing gets easier (RFC 2104 §3).
    private static final int SHORTEST = 32;

    public HmacKeyConfig {
        roles = List.copyOf(roles);
        if (octets(secret).length < SHORTEST) {
            throw new IllegalArgumentException("secret: has less than " + SHORTEST + " octets");
        }
    }

    byte[] octets() {
        return octets(secret);
    }

    private static byte[] octets(String secret) {
        if (!secret.startsWith(BASE64)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(secret.substring(BASE64.length()).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("secret: what follows 'base64:' is no base64", e);
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "HmacKeyConfig[consumer=" + consumer + ", user=" + user + ", roles=" + roles + "]";
    }
}
