package dev.gatehouse.engine.consumer;

/// A key that was just made: the only moment at which it can be shown.
///
/// @param key the secret
/// @param entry what is kept of it
public record IssuedKey(ApiKey key, KeyEntry entry) {}
