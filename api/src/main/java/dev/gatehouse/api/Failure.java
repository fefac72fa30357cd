package dev.gatehouse.api;

import java.util.Map;

/// One exchange that was not served, and what its client is told.
///
/// @param kind the entry of the catalogue
/// @param message one friendly sentence
/// @param details facts a program can use, in the order to show them: numbers, booleans, strings or lists of these
public record Failure(FailureKind kind, String message, Map<String, Object> details) {
    /// The name of the detail that says to operators what went wrong. Clients are not told unless error bodies are
    /// `full`.
    public static final String CAUSE = "cause";

    public Failure(FailureKind kind, String message) {
        this(kind, message, Map.of());
    }
}
