package dev.gatehouse.engine.config;

import org.jspecify.annotations.Nullable;

/// What stands in a slot of a route.
///
/// @param slot the factory's name
/// @param name under `policies.<slot>`; null for settings written on the route itself. What is shared by name is one
///     bucket, cache or breaker for all who name it
/// @param config as the factory takes it
/// @param shadow whether what it decides is told, but not done
public record PolicySetting(String slot, @Nullable String name, Record config, boolean shadow) {}
