package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostic.Note;
import dev.gatehouse.engine.config.source.Span;
import java.util.List;

/// One promise of a test that was not kept.
///
/// @param at where it stands in the test file
/// @param what was promised and did not come: `status: 403`
/// @param got what came instead, to stand beside the caret
/// @param why how it came about, one line each
public record Miss(Span at, String what, String got, List<String> why) {
    public Miss {
        why = List.copyOf(why);
    }

    /// As a mistake of the configuration.
    Diagnostic error(String test) {
        Diagnostic.Builder mistake = Diagnostic.error(Code.GH1801, at, message(test));
        return with(mistake);
    }

    Diagnostic warning(String test) {
        return with(Diagnostic.warning(Code.GH1801, at, message(test)));
    }

    private String message(String test) {
        return "test '" + test + "' fails: " + what + ", " + got;
    }

    private Diagnostic with(Diagnostic.Builder mistake) {
        Diagnostic plain = mistake.label(got).build();
        List<Note> notes = why.stream().<Note>map(Note.Why::new).toList();
        return new Diagnostic(
                plain.severity(),
                plain.code(),
                plain.message(),
                plain.span(),
                "tests",
                plain.label(),
                List.of(),
                notes);
    }
}
