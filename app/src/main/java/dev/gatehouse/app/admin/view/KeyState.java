package dev.gatehouse.app.admin.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Whether a key is taken.
public enum KeyState {
    ACTIVE,
    /// Not yet.
    PENDING,
    EXPIRED,
    REVOKED;

    /// `active`, `pending`, `expired`, `revoked`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
