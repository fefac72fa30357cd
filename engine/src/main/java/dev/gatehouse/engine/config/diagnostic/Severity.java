package dev.gatehouse.engine.config.diagnostic;

import java.util.Locale;

/// Whether a gateway may start with it.
public enum Severity {
    /// The file is not accepted.
    ERROR,
    /// Surely not meant, but it can run.
    WARNING;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
