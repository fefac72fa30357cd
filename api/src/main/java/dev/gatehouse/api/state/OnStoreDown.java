package dev.gatehouse.api.state;

/// What a rule does while the store it counts in cannot be reached.
public enum OnStoreDown {
    /// Counts in this gateway's memory, with its share of the limit: the limit divided by the gateways that lived
    /// when the store was last seen.
    LOCAL_SHARE,
    /// Lets everything pass.
    OPEN,
    /// Refuses everything.
    CLOSED
}
