package dev.gatehouse.policy.auth.revocation;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Which list of revoked tokens holds.
@Settings(
        name = "authentication.revocation",
        value = "The list of revoked tokens and subjects. As a word, the name of the store that holds it.")
public record RevocationConfig(
        @Setting("Store that holds the list: a name under stores, or memory; left out, the first of stores.") @Nullable
        String store,

        @Setting(
                value = "Time an answer of the store holds: so long a revoked token may still pass.",
                byDefault = "5s",
                min = "100ms",
                max = "5m")
        Duration cache,

        @Setting(
                value =
                        "What holds while the store cannot be reached: closed refuses with 503, open takes no token for revoked.",
                byDefault = "closed")
        WhenDown onStoreDown) {
    /// What holds while nobody can be asked.
    public enum WhenDown {
        CLOSED,
        OPEN
    }

    public static RevocationConfig of(String store) {
        return new RevocationConfig(store, Duration.ofSeconds(5), WhenDown.CLOSED);
    }
}
