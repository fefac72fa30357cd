package dev.gatehouse.engine.config;

/// One entry of `security.authentication`, as it holds.
///
/// @param name as the slot `auth` calls it
/// @param type which plug-in makes it
/// @param config what that was told
public record AuthenticatorSetting(String name, String type, Record config) {}
