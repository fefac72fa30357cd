package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Word;

/// What is spoken with a service.
public enum ServiceProtocol {
    /// HTTP/1.1; over TLS the better of HTTP/2 and HTTP/1.1 that the service offers (ALPN).
    AUTO,
    @Word("http/1.1")
    HTTP_1_1,
    /// HTTP/2; without TLS by prior knowledge (RFC 9113 §3.3).
    H2,
    /// As H2, and the service's answers are gRPC.
    GRPC
}
