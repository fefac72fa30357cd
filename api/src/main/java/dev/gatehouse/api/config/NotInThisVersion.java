package dev.gatehouse.api.config;

/// Thrown by a settings record for a value of a later version, such as a URL scheme: refused like any other mistake,
/// but told as what it is.
public final class NotInThisVersion extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// @param message a sentence for the user
    public NotInThisVersion(String message) {
        super(message);
    }
}
