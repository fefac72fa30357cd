package dev.gatehouse.engine.config;

import java.util.Locale;

/// What the holder of an admin token may do. Whoever may change something may look at it too; nobody else sees more
/// than their own part but those who may read.
public enum AdminScope {
    /// Look at everything, change nothing.
    READ,
    /// What is done to a running gateway and ends by itself or with it: instances out of service, traces.
    OPERATE,
    /// The configuration.
    CONFIG,
    /// Consumers, plans and keys: make, replace, revoke. Tokens of others: revoke.
    KEYS;

    /// As it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
