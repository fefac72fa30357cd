package dev.gatehouse.api;

import org.jspecify.annotations.Nullable;

/// How an exchange ended.
///
/// @param status what was sent to the client; 0 when nothing was
/// @param failure why it was not served, or was cut off; null when it was served
/// @param complete whether the client was sent the whole answer
public record Outcome(int status, @Nullable FailureKind failure, boolean complete) {}
