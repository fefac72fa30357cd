package dev.gatehouse.app.admin.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where the gateway stands in its life. Only a ready one should be sent requests.
public enum Phase {
    STARTING,
    READY,
    DRAINING;

    /// `starting`, `ready`, `draining`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
