package dev.gatehouse.engine.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void every_node_knows_its_place() {
        Node.Mapping root = (Node.Mapping) read("a:\n  - { b: c }\n  - \"d\" # e\nf: |\n  g\n");

        Node.Sequence list = (Node.Sequence) root.get("a");
        assertThat(list.items().get(0).span()).hasToString("gateway.yaml:2:5");
        assertThat(list.items().get(0).span().text()).isEqualTo("{ b: c }");
        assertThat(list.items().get(1).span().text()).isEqualTo("\"d\"");
        assertThat(root.entry("f").key().span()).hasToString("gateway.yaml:4:1");
        assertThat(root.text("f")).isEqualTo("g\n");
    }

    @Test
    void columns_count_characters_not_bytes_or_halves_of_them() {
        Node.Mapping root = (Node.Mapping) read("{ \uD83D\uDE00é: x, b: y }");

        assertThat(root.entry("b").key().span()).hasToString("gateway.yaml:1:10");
        assertThat(root.entry("b").key().span().text()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "5, WHOLE",
        "-5, WHOLE",
        "5.0, DECIMAL",
        "true, FLAG",
        "yes, TEXT",
        "on, TEXT",
        "~, NOTHING",
        "null, NOTHING",
        "'\"5\"', TEXT",
        "0o17, WHOLE",
        "017, WHOLE",
        "1_000, TEXT",
        "12:30:45, TEXT",
        "2027-03-01, TEXT",
        "'', NOTHING",
    })
    void values_are_what_the_core_schema_of_yaml_1_2_says(String value, Node.Kind kind) {
        Node.Mapping root = (Node.Mapping) read("a: " + value);

        assertThat(((Node.Scalar) root.get("a")).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "~"})
    void an_empty_file_is_an_empty_map(String text) {
        assertThat(((Node.Mapping) read(text)).entries()).isEmpty();
    }

    @Test
    void a_duplicate_key_is_an_error_with_both_lines() {
        assertThat(mistake("a: 1\nb: 2\na: 3\n")).satisfies(one -> {
            assertThat(one.code()).isEqualTo(Code.GH0104);
            assertThat(one.span()).hasToString("gateway.yaml:3:1");
            assertThat(one.places())
                    .singleElement()
                    .satisfies(first -> assertThat(first.span()).hasToString("gateway.yaml:1:1"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: &x 1 | GH0105",
                "a: *x | GH0103",
                "a: !tag x | GH0103",
                "a: { <<: { b: c } } | GH0105",
                "a: 1\\n---\\nb: 2 | GH0105",
                "? [ a ]\\n: b | GH0103",
                "{ { a: b }: c } | GH0103",
                "a: @x | GH0103",
                "a: `x` | GH0103",
                "a: %x | GH0103",
                "a: b: c | GH0103",
                "a: [ b | GH0103",
                "a: \"b | GH0103",
                "a:\\n  b: c\\n d: e | GH0103",
                "a\\nb: c | GH0103",
                "%YAML 3.0\\n---\\na: b | GH0103",
            })
    void what_this_format_does_without_is_refused(String text, Code code) {
        assertThat(mistake(text.replace("\\n", "\n")).code()).isEqualTo(code);
    }

    @Test
    void an_alias_that_has_an_anchor_is_called_one() {
        assertThat(mistake("x: [ *usual ]\ny: &usual 5s\n").message()).contains("aliases");
    }

    @Test
    void a_tab_is_explained() {
        assertThat(mistake("a:\n\tb: c\n").code()).isEqualTo(Code.GH0102);
        assertThat(mistake("a:\n  b: c\n \td: e\n").code()).isEqualTo(Code.GH0102);
    }

    @Test
    void a_character_yaml_does_not_allow_is_shown() {
        assertThat(mistake("a: b\nc: \u0001d\n")).satisfies(one -> {
            assertThat(one.span()).hasToString("gateway.yaml:2:4");
            assertThat(one.label()).isEqualTo("U+0001");
        });
    }

    @Test
    void depth_is_bounded() {
        String fine = "[".repeat(YamlReader.DEEPEST) + "]".repeat(YamlReader.DEEPEST);
        assertThat(read(fine)).isNotNull();
        assertThat(mistake("[".repeat(100_000)).code()).isEqualTo(Code.GH0106);
        assertThat(mistake("a: " + "{ a: ".repeat(100_000)).code()).isEqualTo(Code.GH0106);
    }

    private Node read(String text) {
        return YamlReader.read(new SourceFile("gateway.yaml", Path.of("gateway.yaml"), text), diagnostics);
    }

    private static Diagnostic mistake(String text) {
        Diagnostics found = new Diagnostics();
        YamlReader.read(new SourceFile("gateway.yaml", Path.of("gateway.yaml"), text), found);
        assertThat(found.all()).hasSize(1);
        return found.all().getFirst();
    }
}
