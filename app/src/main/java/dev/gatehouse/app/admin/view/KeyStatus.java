package dev.gatehouse.app.admin.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One API key; never the key itself.
///
/// @param source whether it stands in the file or was made while the gateway runs
/// @param created null for a key of the file
/// @param replacedBy the id of the key that was made in its place
/// @param requests it was good for, on this gateway since it started
/// @param lastUsed the same; null for never
public record KeyStatus(
        String id,
        String consumer,
        Source source,
        KeyState state,
        @Nullable Instant created,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable String replacedBy,
        long requests,
        @Nullable Instant lastUsed) {}
