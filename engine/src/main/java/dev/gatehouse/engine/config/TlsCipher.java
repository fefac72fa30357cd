package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Word;

/// A cipher suite of TLS 1.2 that may be spoken: forward secrecy and AEAD, nothing else. HTTP/2 may use all of them
/// (RFC 9113 Appendix A). In the order in which they are preferred.
public enum TlsCipher {
    @Word("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    @Word("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    @Word("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    @Word("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    @Word("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    @Word("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
}
