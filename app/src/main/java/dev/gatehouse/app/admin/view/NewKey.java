package dev.gatehouse.app.admin.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that was just made: the only time it is told.
///
/// @param key the secret; [#toString] does not tell it
/// @param sha256 for the file, should it move there
/// @param keptIn the store that knows it: `memory` forgets it when the gateway stops
/// @param replaces the id of the key it was made in place of
/// @param replacedUntil until when that one is taken
public record NewKey(
        String key,
        String id,
        String consumer,
        String sha256,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        String keptIn,
        @Nullable String replaces,
        @Nullable Instant replacedUntil) {
    @Override
    public String toString() {
        return id + " of " + consumer;
    }
}
