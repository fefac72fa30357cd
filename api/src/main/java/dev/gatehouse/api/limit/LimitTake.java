package dev.gatehouse.api.limit;

/// A wish for `cost` from one limit.
///
/// @param key whose bucket: the limit's name and the caller's, such as `login/client_ip=203.0.113.7`; at most 512
///     characters
/// @param cost at least 0: with 0 only the state is told
public record LimitTake(LimitRule rule, String key, long cost) {}
