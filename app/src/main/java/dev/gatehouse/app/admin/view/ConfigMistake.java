package dev.gatehouse.app.admin.view;

import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.source.Span;
import org.jspecify.annotations.Nullable;

/// One mistake in a rejected configuration.
///
/// @param severity `error` or `warning`
/// @param line from 1
/// @param column from 1, in characters
/// @param endColumn the first column after it
/// @param path where in the settings: `routes[2].rate_limit.limit`; empty for a mistake of a whole file
/// @param help what to write instead, when that is known
/// @param docs what to type to read more: `gatehouse help GH1001`
public record ConfigMistake(
        String code,
        String severity,
        String file,
        int line,
        int column,
        int endColumn,
        String path,
        String message,
        @Nullable String help,
        String docs) {
    public static ConfigMistake of(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        String code = diagnostic.code().name();
        return new ConfigMistake(
                code,
                diagnostic.severity().word(),
                span.file().name(),
                span.line(),
                span.column(),
                span.endColumn(),
                diagnostic.path(),
                diagnostic.message(),
                diagnostic.help(),
                "gatehouse help " + code);
    }
}
