package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A token of the admin API that may do some things and not others: what tells it apart, never the token itself.
@Settings(
        name = "admin.token",
        value = "A token of the admin API with a name and a purpose: its hash, never the token itself.")
public record AdminTokenConfig(
        @Setting("The SHA-256 of the token, 64 hexadecimal digits; 'gatehouse token admin' writes it.")
        String sha256,

        @Setting("What its holder may do: read (look at everything), operate (drain, traces), config, keys"
                + " (consumers and their keys). Each lets its holder look at what it changes.")
        List<AdminScope> scopes,

        @Setting("From then on it is not taken any more: 2027-03-01, which is its first moment in UTC, or"
                + " 2027-03-01T18:00:00Z.")
        @Nullable
        Moment expires) {
    /// What a token may be called.
    public static final Pattern NAME = KeyConfig.ID;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public AdminTokenConfig {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!HASH.matcher(sha256).matches()) {
            // Not repeated: it may be the token itself.
            throw new IllegalArgumentException("sha256: not the SHA-256 of a token (expected: 64 hexadecimal digits;"
                    + " 'gatehouse token admin' writes them)");
        }
        scopes = List.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException(
                    "scopes: a token without any is good for nothing (expected: read, operate, config or keys)");
        }
    }
}
