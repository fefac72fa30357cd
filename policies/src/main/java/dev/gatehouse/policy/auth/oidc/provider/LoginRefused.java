package dev.gatehouse.policy.auth.oidc.provider;

/// The provider, or a look at what it says, ends a login or a session for good. Another try needs another
/// login; a provider that cannot be asked is an [java.io.IOException] instead.
public final class LoginRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message for operators: no token, no code
    public LoginRefused(String message) {
        super(message, null, false, false);
    }
}
