package dev.gatehouse.app.admin.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a key is taken, and whose it is.
///
/// @param id null when there is no such key
/// @param consumer whose it is, or was; null for nobody's
/// @param plan of that consumer; null when the key is not taken, or they have none
/// @param expires null for never
/// @param why it is not taken; null when it is
public record KeyVerdict(
        boolean valid,
        @Nullable String id,
        @Nullable String consumer,
        @Nullable String plan,
        @Nullable Instant expires,
        @Nullable String why) {}
