package dev.gatehouse.engine.config.diagnostic;

import dev.gatehouse.engine.config.source.Span;
import java.util.List;

/// Diagnostics as workflow commands, which annotate the lines of a pull request.
public final class GithubReport {
    private GithubReport() {}

    public static String of(List<Diagnostic> all) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic one : all) {
            Span span = one.span();
            out.append("::")
                    .append(one.severity().word())
                    .append(" file=")
                    .append(property(span.file().name()))
                    .append(",line=")
                    .append(span.line())
                    .append(",col=")
                    .append(span.column());
            if (span.endLine() == span.line()) {
                out.append(",endColumn=").append(span.endColumn());
            }
            out.append(",title=")
                    .append(one.code())
                    .append("::")
                    .append(message(text(one)))
                    .append('\n');
        }
        return out.toString();
    }

    private static String text(Diagnostic one) {
        StringBuilder text = new StringBuilder(one.message());
        if (!one.label().isEmpty()) {
            text.append(": ").append(one.label());
        }
        one.places().forEach(further -> text.append("\nalso ").append(further.span()));
        one.notes().forEach(note -> text.append('\n').append(note.text()));
        return text.toString();
    }

    private static String message(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }
}
