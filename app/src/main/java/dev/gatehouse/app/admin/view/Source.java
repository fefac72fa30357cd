package dev.gatehouse.app.admin.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where something was made.
public enum Source {
    /// It stands in the file.
    FILE,
    /// It was made while the gateway runs.
    STORE;

    /// `file`, `store`.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
