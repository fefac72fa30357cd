package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Mistakes in colour say what they say without.
class MistakeTextTest {
    private static final SourceFile FILE = new SourceFile("gateway.yaml", Path.of("gateway.yaml"), "rotues: []\n");
    private static final Span PLACE = new Span(FILE, 1, 1, 1, 7);

    private static final Diagnostic ERROR = Diagnostic.error(Code.GH1001, PLACE, "unknown section 'rotues'")
            .label("did you mean 'routes'?")
            .help("rename it")
            .build();

    private static final Diagnostic WARNING = Diagnostic.warning(Code.GH2102, PLACE, "nobody uses this").build();

    @Test
    void plain_is_the_report_itself() {
        assertThat(MistakeText.of(List.of(ERROR, WARNING), false)).isEqualTo(TextReport.of(List.of(ERROR, WARNING)));
    }

    @Test
    void colour_changes_no_letter() {
        String coloured = MistakeText.of(List.of(ERROR, WARNING), true);

        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(TextReport.of(List.of(ERROR, WARNING)));
    }

    @Test
    void errors_are_red_and_warnings_yellow_their_carets_too() {
        assertThat(MistakeText.of(List.of(ERROR), true))
                .startsWith("\u001B[1;31merror[GH1001]\u001B[0m")
                .contains("\u001B[1;31m^^^^^^ did you mean 'routes'?\u001B[0m")
                .contains("\u001B[1mhelp:\u001B[0m rename it");
        assertThat(MistakeText.of(List.of(WARNING), true))
                .startsWith("\u001B[1;33mwarning[GH2102]\u001B[0m")
                .contains("\u001B[1;33m^^^^^^\u001B[0m");
    }
}
