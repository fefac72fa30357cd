package dev.gatehouse.policy.auth.external;

/// What becomes of a request when the auth service says nothing that makes sense. Nothing lets it pass.
public enum OnError {
    /// 503: the client may try again.
    UNAVAILABLE,
    /// 403.
    DENY
}
