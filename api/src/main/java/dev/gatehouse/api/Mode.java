package dev.gatehouse.api;

/// For whom a policy decides.
public enum Mode {
    /// A client waits for it.
    LIVE,

    /// A client waits, but what this policy decides is told, and not done (`shadow: true`). What it remembers is
    /// apart from what the same policy remembers in earnest.
    SHADOW,

    /// Nobody sent this request: `gatehouse explain` asks what would be decided. Nothing is written and nobody is
    /// called.
    EXPLAIN
}
