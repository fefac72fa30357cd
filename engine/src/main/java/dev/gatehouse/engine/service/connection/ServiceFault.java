package dev.gatehouse.engine.service.connection;

/// Why an attempt at a service came to nothing.
public enum ServiceFault {
    /// No connection could be opened: refused, unreachable, or not in time. Nothing was sent.
    CONNECT_FAILED,
    /// No TLS was agreed on, or the certificate is not believed. Nothing was sent.
    TLS_FAILED,
    /// All connections are busy and the queue for them is full, or the wait was too long. Nothing was sent.
    NO_CONNECTION,
    /// The connection ended before any octet of an answer.
    CLOSED_BEFORE_ANSWER,
    /// The connection ended in the middle of an answer.
    CLOSED_WITHIN_ANSWER,
    /// The service gave the request up before any octet of an answer, and kept the connection (RFC 9113 §6.4).
    RESET_BEFORE_ANSWER,
    /// The service says that it has done nothing about the request (RFC 9113 §8.7): it may be sent again.
    NOT_PROCESSED,
    /// The protocol the client wants to change to cannot be spoken over the only connections the service takes.
    /// Nothing was sent.
    NO_UPGRADE,
    /// The answer is not HTTP, or not HTTP that can be trusted.
    BROKEN_ANSWER
}
