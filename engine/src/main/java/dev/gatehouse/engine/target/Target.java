package dev.gatehouse.engine.target;

/// What answers the exchanges of a route on one event loop.
public interface Target {
    /// Somebody to answer one exchange.
    TargetCall open();
}
