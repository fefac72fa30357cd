package dev.gatehouse.engine.service.connection;

/// Which connections a call can use.
public enum ConnectionWish {
    ANY,
    /// One that was never used, or is being opened.
    FRESH,
    /// One that speaks HTTP/1.1, where the service speaks it at all: to change to another protocol.
    HTTP_1_1
}
