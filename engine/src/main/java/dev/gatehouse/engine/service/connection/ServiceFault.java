package dev.gatehouse.engine.service.connection;

/// Why an attempt at a service came to nothing.
public enum ServiceFault {
    /// No connection could be opened: refused, unreachable, or not in time. Nothing was sent.
    CONNECT_FAILED,
    /// All connections are busy and the queue for them is full, or the wait was too long. Nothing was sent.
    NO_CONNECTION,
    /// The connection ended before any octet of an answer.
    CLOSED_BEFORE_ANSWER,
    /// The connection ended in the middle of an answer.
    CLOSED_WITHIN_ANSWER,
    /// The answer is not HTTP, or not HTTP that can be trusted.
    BROKEN_ANSWER
}
