package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.service.Instance;

/// A connection as its owner knows it.
sealed interface PooledConnection permits Http1ServiceConnection, Http2ServiceConnection {
    Instance instance();

    /// Closes it; calls in progress hear that theirs ended.
    void close();
}
