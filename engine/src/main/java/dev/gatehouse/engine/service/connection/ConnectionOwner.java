package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.http2.SharedLists;
import dev.gatehouse.engine.net.Loop;

/// Whoever has connections made and gets them back: a pool, or a health check with its only one. On its loop.
interface ConnectionOwner {
    Loop loop();

    /// How long a connection may be without a call.
    long idleNanos();

    /// Where its HTTP/2 connections put header lists down.
    SharedLists lists();

    /// An answer has ended and left the connection usable.
    void giveBack(Http1ServiceConnection connection);

    /// A stream has ended and left room for another.
    void roomOn(Http2ServiceConnection connection);

    /// It has ended.
    void closed(PooledConnection connection);
}
