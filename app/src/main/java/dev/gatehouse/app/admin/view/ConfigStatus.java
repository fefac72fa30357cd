package dev.gatehouse.app.admin.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What runs, and whether the files say something else by now.
///
/// @param stale the files were changed since, but what they say now was rejected
/// @param lastRejected the last change that was refused, null when there was none since the start
public record ConfigStatus(
        Running running, boolean stale, @Nullable Rejection lastRejected, Reloads reloads) {
    /// @param revision `r18`: counts up with each change that is applied
    /// @param name what the file calls itself, null when it does not
    /// @param files all that were read, the main one first
    public record Running(
            String revision, Instant loadedAt, @Nullable String name, List<String> files) {
        public Running {
            files = List.copyOf(files);
        }
    }

    public record Rejection(Instant at, List<ConfigMistake> diagnostics) {
        public Rejection {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /// Since the process started.
    public record Reloads(long applied, long rejected) {}
}
