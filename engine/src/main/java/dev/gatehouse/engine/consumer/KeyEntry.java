package dev.gatehouse.engine.consumer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One key, as operators see it.
///
/// @param inFile whether it stands in the file; else it is in the store
/// @param created null for one of the file
/// @param replacedBy the id of the key that was made in its place
/// @param requests it was good for, on this gateway since it started
/// @param lastUsed the same; null for never
public record KeyEntry(
        String id,
        String consumer,
        boolean inFile,
        State state,
        @Nullable Instant created,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable String replacedBy,
        long requests,
        @Nullable Instant lastUsed) {
    /// Whether it is taken.
    public enum State {
        ACTIVE,
        /// Not yet.
        PENDING,
        EXPIRED,
        REVOKED
    }

    static State state(Instant now, @Nullable Instant notBefore, @Nullable Instant expires, @Nullable Instant revoked) {
        if (revoked != null) {
            return State.REVOKED;
        }
        if (expires != null && !now.isBefore(expires)) {
            return State.EXPIRED;
        }
        return notBefore != null && now.isBefore(notBefore) ? State.PENDING : State.ACTIVE;
    }
}
