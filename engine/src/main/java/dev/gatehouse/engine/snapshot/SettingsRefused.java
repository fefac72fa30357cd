package dev.gatehouse.engine.snapshot;

import java.util.List;

/// Settings of listeners and services that are well formed, but of which nothing that runs can be made: a key that
/// does not belong to its certificate. Its message is the first reason.
public final class SettingsRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Reason> reasons;

    /// @param path the setting: `services.orders.tls.ca`
    /// @param sentence why, for the user
    public record Reason(String path, String sentence) {}

    /// @param reasons at least one
    SettingsRefused(List<Reason> reasons) {
        super(reasons.getFirst().path() + ": " + reasons.getFirst().sentence());
        this.reasons = List.copyOf(reasons);
    }

    /// All of them, listeners first.
    public List<Reason> reasons() {
        return reasons;
    }
}
