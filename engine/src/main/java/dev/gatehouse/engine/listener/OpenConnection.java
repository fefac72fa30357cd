package dev.gatehouse.engine.listener;

/// A client's connection, whatever is spoken on it, as the gateway's life concerns it. On its loop only.
interface OpenConnection {
    /// The gateway is shutting down, or the listener goes away: what has begun is served, and then it ends.
    void drain();

    /// The time for that is over.
    void cutOff();

    /// The listener would not let the client in like this any more: its certificate was revoked, or another one is
    /// asked for.
    default void unwelcome() {
        drain();
    }
}
