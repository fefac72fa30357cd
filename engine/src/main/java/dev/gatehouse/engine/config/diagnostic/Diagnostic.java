package dev.gatehouse.engine.config.diagnostic;

import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One mistake in a configuration, told so that the user can mend it without reading anything else.
///
/// ```text
/// error[GH1001] unknown key 'load_balncer' in service 'order-service'      severity, code, message
///   ┌ gateway.yaml:42:5                                                    place
/// 42│     load_balncer: round_robin
///   │     ^^^^^^^^^^^^ did you mean 'load_balancer'?                       label
///   = allowed here: instances, load_balancer, health_check, …              notes
/// ```
///
/// @param path where in the settings: `routes[2].rate_limit.limit`; empty for a mistake of a whole file
/// @param label what is said beside the caret, or, when there are further places, behind the first; may be empty
/// @param places when more than one place belongs to it: all others. Then no text of the file is shown
public record Diagnostic(
        Severity severity,
        Code code,
        String message,
        Span span,
        String path,
        String label,
        List<FurtherPlace> places,
        List<Note> notes) {
    public Diagnostic {
        places = List.copyOf(places);
        notes = List.copyOf(notes);
    }

    /// @param label what is there
    public record FurtherPlace(Span span, String label) {}

    /// A line under the snippet.
    public sealed interface Note {
        String text();

        /// `= why it is so`.
        record Why(String text) implements Note {}

        /// `help: what to write`.
        record Help(String text) implements Note {}
    }

    public static Builder error(Code code, Span span, String message) {
        return new Builder(Severity.ERROR, code, span, message);
    }

    public static Builder warning(Code code, Span span, String message) {
        return new Builder(Severity.WARNING, code, span, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// The first help line, if there is one.
    public @Nullable String help() {
        return notes.stream()
                .filter(Note.Help.class::isInstance)
                .map(Note::text)
                .findFirst()
                .orElse(null);
    }

    /// Puts one together, in the order in which it is read.
    public static final class Builder {
        private final Severity severity;
        private final Code code;
        private final Span span;
        private final String message;
        private String path = "";
        private String label = "";
        private final List<FurtherPlace> places = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();

        private Builder(Severity severity, Code code, Span span, String message) {
            this.severity = severity;
            this.code = code;
            this.span = span;
            this.message = message;
        }

        public Builder path(String where) {
            path = where;
            return this;
        }

        public Builder label(String text) {
            label = text;
            return this;
        }

        public Builder also(Span place, String text) {
            places.add(new FurtherPlace(place, text));
            return this;
        }

        public Builder why(String text) {
            notes.add(new Note.Why(text));
            return this;
        }

        public Builder help(String text) {
            notes.add(new Note.Help(text));
            return this;
        }

        public Diagnostic build() {
            return new Diagnostic(severity, code, message, span, path, label, places, notes);
        }
    }
}
