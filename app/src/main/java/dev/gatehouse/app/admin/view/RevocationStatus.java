package dev.gatehouse.app.admin.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was revoked.
///
/// @param id the token's `jti`, or somebody's `sub`
/// @param revoked when: of a `sub`, tokens issued until then are void. Null when the store holds something else there
/// @param until when it is forgotten; null when somebody wrote it who did not say so
/// @param stores that hold it, by name
public record RevocationStatus(
        RevocationKind kind,
        String id,
        @Nullable Instant revoked,
        @Nullable Instant until,
        List<String> stores) {
    public RevocationStatus {
        stores = List.copyOf(stores);
    }
}
