package dev.gatehouse.app.admin.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// By what tokens are revoked.
public enum RevocationKind {
    /// One token, by its id.
    JTI,
    /// The tokens of somebody that were issued until then.
    SUB;

    /// `jti`, `sub`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
