package dev.gatehouse.engine.consumer;

import dev.gatehouse.api.identity.Revocation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token, or the tokens of somebody, that are good no more.
///
/// @param id its `jti`, or their `sub`; `sha256:…` when somebody wrote a long one without our help
/// @param revoked when; of a subject the tokens are void that were issued until then. Null when that cannot be read:
///     then all of them are
/// @param until when the list forgets it; null when that is not said there
/// @param stores those that say so, by name
public record RevocationEntry(
        Revocation.Kind kind,
        String id,
        @Nullable Instant revoked,
        @Nullable Instant until,
        List<String> stores) {
    public RevocationEntry {
        stores = List.copyOf(stores);
    }
}
