package dev.gatehouse.engine.config;

import dev.gatehouse.api.state.OnStoreDown;

/// One entry of `stores`, as it holds.
///
/// @param name as policies call it
/// @param type which plug-in makes it
/// @param config what that was told
/// @param onStoreDown what rules do while it cannot be reached, unless they say otherwise
public record StoreSetting(String name, String type, Record config, OnStoreDown onStoreDown) {
    /// The name of the gateway's own memory, which is always there.
    public static final String MEMORY = "memory";
}
