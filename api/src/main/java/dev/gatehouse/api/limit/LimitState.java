package dev.gatehouse.api.limit;

/// What one limit says.
///
/// @param allowed whether it had enough left
/// @param remaining what is left after that; at least 0
/// @param resetMillis how long until all of it is there again
/// @param retryMillis how long until the same wish can be met; 0 when it was
public record LimitState(boolean allowed, long remaining, long resetMillis, long retryMillis) {}
