package dev.gatehouse.app.admin.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Whether an instance is sent requests, and if not, why.
public enum InstanceState {
    /// It takes requests.
    UP,
    /// Its health check fails.
    DOWN,
    /// Its answers failed; it comes back by itself.
    EJECTED,
    /// A person took it out.
    DRAINED,
    /// Not checked yet.
    UNKNOWN;

    /// `up`, `down`, `ejected`, `drained`, `unknown`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
