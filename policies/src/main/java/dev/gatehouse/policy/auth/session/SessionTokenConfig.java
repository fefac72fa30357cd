package dev.gatehouse.policy.auth.session;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.policy.auth.bearer.TokenPlaceConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the user writes under `security.authentication` with `type: session`.
@Settings(
        name = "authentication.session",
        value = "Session tokens that are looked up in the store, where a login service of yours writes them.")
public record SessionTokenConfig(
        @Setting("Store of the sessions: a name under stores, or memory; left out, the first of stores.") @Nullable
        String store,

        @Setting(value = "How the keys of sessions begin; the token, or its hash, follows.", byDefault = "session/")
        String prefix,

        @Setting(
                value = "What follows in the key: sha256, the hash of the token in hex, or none, the token itself.",
                byDefault = "sha256")
        Hash hash,

        @Setting("Time by which a session is prolonged whenever it is used; left out, it ends when the store says.")
        @Nullable
        Duration extend,

        @Setting("Where in a request the token is, such as { cookie: session }; left out, in Authorization: Bearer.")
        TokenPlaceConfig in,

        @Setting(value = "Whether the service is sent the token too.", byDefault = "false")
        boolean keep) {
    private static final Duration LEAST = Duration.ofMinutes(1);

    /// What the store has in the token's place.
    public enum Hash {
        SHA256,
        NONE
    }

    public SessionTokenConfig {
        if (!prefix.matches("[!-~]{1,100}")) {
            throw new IllegalArgumentException("prefix: '" + prefix + "' (expected: a text such as session/)");
        }
        if (extend != null && extend.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("extend: is at least 1m");
        }
    }
}
