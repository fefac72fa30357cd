package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An API key of a consumer: what tells it apart, never the key itself.
@Settings(name = "consumer.key", value = "An API key of a consumer: its hash, never the key itself.")
public record KeyConfig(
        @Setting("What people call the key, in logs and commands: up to 64 letters, digits, . _ and -; unique.")
        String id,

        @Setting("The SHA-256 of the key, 64 hexadecimal digits; 'gatehouse keys create --print' writes it.")
        String sha256,

        @Setting("From then on it is not taken any more: 2027-03-01, which is its first moment in UTC, or"
                + " 2027-03-01T18:00:00Z.")
        @Nullable
        Moment expires,

        @Setting("Before that it is not taken yet.") @Nullable
        Moment notBefore) {
    /// What a key may be called.
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public KeyConfig {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id: '" + id + "' (expected: up to 64 letters, digits, . _ and -)");
        }
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!HASH.matcher(sha256).matches()) {
            // Not repeated: it may be the key itself.
            throw new IllegalArgumentException("sha256: not the SHA-256 of a key (expected: 64 hexadecimal digits;"
                    + " 'gatehouse keys create --print' writes them)");
        }
        if (expires != null && notBefore != null && !notBefore.instant().isBefore(expires.instant())) {
            throw new IllegalArgumentException("not_before: " + notBefore + " (expected: before 'expires')");
        }
    }
}
