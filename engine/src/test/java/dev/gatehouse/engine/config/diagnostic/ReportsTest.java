package dev.gatehouse.engine.config.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final SourceFile FILE = new SourceFile(
            "gateway.yaml",
            Path.of("gateway.yaml"),
            "\n".repeat(41) + "    load_balncer: round_robin\n\tx: \uD83D\uDE00\n");
    private static final Diagnostic TYPO = Diagnostic.error(
                    Code.GH1001, new Span(FILE, 42, 5, 42, 17), "unknown key 'load_balncer' in service 'order-service'")
            .path("services.order-service.load_balncer")
            .label("did you mean 'load_balancer'?")
            .why("allowed here: instances, load_balancer, …")
            .build();
    private static final Diagnostic TIE = Diagnostic.warning(
                    Code.GH1201, new Span(FILE, 42, 5, 42, 6), "two routes: a, b")
            .label("GET /users/{userId}")
            .also(new Span(FILE, 43, 2, 43, 3), "GET /users/{name}")
            .why("example: GET /users/42")
            .help("remove one\nor the other")
            .build();

    @Test
    void text_has_the_line_a_caret_why_and_help() {
        assertThat(TextReport.of(List.of(TYPO, TIE))).isEqualTo("""
            error[GH1001] unknown key 'load_balncer' in service 'order-service'
              ┌ gateway.yaml:42:5
            42│     load_balncer: round_robin
              │     ^^^^^^^^^^^^ did you mean 'load_balancer'?
              = allowed here: instances, load_balancer, …

            warning[GH1201] two routes: a, b
              ┌ gateway.yaml:42:5   GET /users/{userId}
              ┌ gateway.yaml:43:2   GET /users/{name}
              = example: GET /users/42
            help: remove one
            or the other
            """);
        assertThat(TextReport.count(List.of(TYPO, TIE, TIE))).isEqualTo("1 error, 2 warnings");
    }

    @Test
    void the_first_twenty_are_shown_errors_before_warnings_and_the_rest_is_counted() {
        List<Diagnostic> many = new ArrayList<>(Collections.nCopies(30, TIE));
        many.add(TYPO);

        assertThat(TextReport.of(many))
                .startsWith("error[GH1001]")
                .contains("warning[")
                .endsWith("\nand 11 more\n");
        assertThat(TextReport.of(Collections.nCopies(21, TIE))).endsWith("\nand 1 more\n");
    }

    @Test
    void a_long_line_is_cut_around_the_place() {
        String line = "a: " + "x".repeat(300) + " here " + "y".repeat(300);
        SourceFile file = new SourceFile("f", Path.of("f"), line);
        String text = TextReport.of(Diagnostic.error(Code.GH1305, new Span(file, 1, 305, 1, 309), "m")
                .build());

        List<String> lines = text.lines().toList();
        assertThat(lines.get(2)).startsWith(" 1│ …x").endsWith("y…").hasSizeLessThan(140);
        assertThat(lines.get(3).indexOf('^')).isEqualTo(lines.get(2).indexOf("here"));
    }

    @Test
    void what_would_move_the_cursor_is_shown_as_a_blank() {
        String text = TextReport.of(
                Diagnostic.error(Code.GH1305, new Span(FILE, 43, 5, 43, 6), "m").build());

        assertThat(text).contains("43│  x: \uD83D\uDE00\n  │     ^");
    }

    @Test
    void json_is_for_tools() {
        assertThat(JsonReport.of(List.of(TYPO)).replaceAll("\n *", ""))
                .isEqualTo("""
            [{"code": "GH1001","severity": "error","path": "services.order-service.load_balncer"\
            """.replace(
                                        "\"path\"",
                                        "\"file\": \"gateway.yaml\",\"line\": 42,\"column\": 5,\"end_line\": 42,\"end_column\": 17,\"path\"")
                        + ",\"message\": \"unknown key 'load_balncer' in service 'order-service'\""
                        + ",\"label\": \"did you mean 'load_balancer'?\",\"help\": \"\""
                        + ",\"notes\": [\"allowed here: instances, load_balancer, …\"],\"places\": []"
                        + ",\"docs\": \"gatehouse help GH1001\"}]");
    }

    @Test
    void github_annotates_the_line() {
        assertThat(GithubReport.of(List.of(TYPO, TIE))).isEqualTo("""
            ::error file=gateway.yaml,line=42,col=5,endColumn=17,title=GH1001::unknown key 'load_balncer' in service \
            'order-service': did you mean 'load_balancer'?%0Aallowed here: instances, load_balancer, …
            ::warning file=gateway.yaml,line=42,col=5,endColumn=6,title=GH1201::two routes: a, b: GET /users/{userId}\
            %0Aalso gateway.yaml:43:2%0Aexample: GET /users/42%0Aremove one%0Aor the other
            """);
    }

    @Test
    void the_same_mistake_at_the_same_place_is_told_once() {
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.add(TYPO);
        diagnostics.add(TYPO);
        diagnostics.add(TIE);

        assertThat(diagnostics.all()).containsExactly(TYPO, TIE);
        assertThat(diagnostics.errors()).isEqualTo(1);
    }

    @Test
    void every_code_explains_itself_in_lines_a_terminal_can_show() {
        for (Code code : Code.values()) {
            assertThat(code.title()).as("%s", code).isNotBlank();
            assertThat(code.explanation().lines())
                    .as("%s", code)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
            assertThat(Code.of(code.name().toLowerCase(Locale.ROOT))).contains(code);
        }
        assertThat(Code.of("GH9999")).isEmpty();
    }
}
