package dev.gatehouse.engine.config.diagnostic;

import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The warnings that comments silence: `# gatehouse:ignore GH2301 reason="orders are idempotent by id"`, on the
/// line of the warning or the one above. Errors cannot be silenced.
final class Silenced {
    private static final String MARK = "gatehouse:ignore";
    private static final Pattern COMMENT =
            Pattern.compile("#\\s*gatehouse:ignore\\s+(\\S+)(?:\\s+reason=\"([^\"]*)\")?");

    private final Set<Line> lines = new HashSet<>();
    private final List<Diagnostic> mistakes = new ArrayList<>();

    private record Line(SourceFile file, int number, String code) {}

    void read(SourceFile file) {
        if (!file.text().contains(MARK)) {
            return;
        }
        for (int number = 1; number <= file.lines(); number++) {
            Matcher comment = COMMENT.matcher(file.line(number));
            if (comment.find()) {
                String reason = comment.group(2);
                if (reason == null || reason.isBlank()) {
                    mistakes.add(Diagnostic.warning(
                                    Code.GH2001,
                                    new Span(file, number, comment.start() + 1, number, comment.end() + 1),
                                    "a warning is silenced without a reason")
                            .help("say why:   # gatehouse:ignore " + comment.group(1) + " reason=\"…\"")
                            .build());
                } else {
                    lines.add(new Line(file, number, comment.group(1)));
                }
            }
        }
    }

    boolean covers(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        return !diagnostic.isError()
                && (lines.contains(new Line(
                                span.file(), span.line(), diagnostic.code().name()))
                        || lines.contains(new Line(
                                span.file(), span.line() - 1, diagnostic.code().name())));
    }

    List<Diagnostic> mistakes() {
        return mistakes;
    }
}
