package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user writes about one user under `users`.
@Settings(name = "authentication.basic.user", value = "Somebody who signs in with a password.")
public record BasicUserConfig(
        @Setting("Hash of the password: Argon2id ($argon2id$…) or bcrypt ($2y$…). Left out, the htpasswd file has it.")
        @Nullable
        String password,

        @Setting("Roles of the user.") List<String> roles,

        @Setting("Name of the consumer the user belongs to, as under consumers.") @Nullable
        String consumer) {
    public BasicUserConfig {
        roles = List.copyOf(roles);
        if (password != null) {
            try {
                PasswordHash.of(password);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("password: " + e.getMessage(), e);
            }
        }
    }

    /// Without the hash.
    @Override
    public String toString() {
        return "BasicUserConfig[roles=" + roles + ", consumer=" + consumer + "]";
    }
}
