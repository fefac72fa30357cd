package dev.gatehouse.policy.auth.oauth2;

import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.auth.bearer.TokenFault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the server said of a token, and for how long that holds.
///
/// @param identity of whom a good token speaks, but for its consumer; null for a token that is no good
/// @param fault of a token that is no good; null for a good one
/// @param consumer whom it names; null for none
/// @param expires when the token itself expires; null when the server does not say
/// @param until as [dev.gatehouse.api.time.TimeSource#nanos]
record Introspected(
        @Nullable Identity identity,
        @Nullable TokenFault fault,
        @Nullable String consumer,
        @Nullable Instant expires,
        long until) {}
