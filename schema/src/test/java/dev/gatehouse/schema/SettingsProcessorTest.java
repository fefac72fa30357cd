package dev.gatehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsProcessorTest {

    @Test
    void writes_a_schema_and_a_page() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "What one client may ask.", name = "listener.limits")
            record LimitsConfig(
                    @Setting(value = "Header lines; more are answered 431.", byDefault = "100", min = "1", max = "1000")
                    int maxHeaders,
                    @Setting(value = "Size of the head.", byDefault = "64KiB", max = "1MiB") long head,
                    @Setting("Where it is.") String address) {}
            """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resource("schema/listener.limits.json")).isEqualTo("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "$id": "urn:gatehouse:settings:listener.limits",
              "title": "listener.limits",
              "description": "What one client may ask.",
              "type": "object",
              "properties": {
                "max_headers": {
                  "description": "Header lines; more are answered 431.",
                  "type": [
                    "integer",
                    "string"
                  ],
                  "pattern": "^(\\\\$\\\\{[^}]+\\\\})$",
                  "default": 100,
                  "minimum": 1,
                  "maximum": 1000
                },
                "head": {
                  "description": "Size of the head.",
                  "type": [
                    "string",
                    "integer"
                  ],
                  "pattern": "^([0-9]+(B|KiB|MiB|GiB)|\\\\$\\\\{[^}]+\\\\})$",
                  "minimum": 0,
                  "maximum": 0,
                  "default": "64KiB",
                  "x-max": "1MiB"
                },
                "address": {
                  "description": "Where it is.",
                  "type": "string"
                }
              },
              "required": [
                "address"
              ],
              "patternProperties": {
                "^x-": true
              },
              "additionalProperties": false
            }
            """);
        assertThat(compiled.resource("reference/listener.limits.md")).isEqualTo("""
            # `listener.limits`

            What one client may ask.

            | key | meaning | type | default | bounds |
            |---|---|---|---|---|
            | `max_headers` | Header lines; more are answered 431. | whole number | `100` | `1` to `1000` |
            | `head` | Size of the head. | size | `64KiB` | at most `1MiB` |
            | `address` | Where it is. | text | **required** |  |
            """);
    }

    @Test
    void lists_the_sections_of_a_module_in_order() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "B.", name = "b") record B(@Setting("x") int x) {}
            @Settings(value = "A.", name = "a") record A(@Setting("x") int x) {}
            """);

        assertThat(compiled.resource("settings")).isEqualTo("a\nb\n");
    }

    @Test
    void knows_every_type_a_setting_may_have() {
        Compiled compiled = Compiled.of("""
            enum Mode { FAST, VERY_SAFE }
            @Settings(value = "Inner.", name = "inner") record Inner(@Setting(value = "x", byDefault = "1") int x) {}
            @Settings(value = "All.", name = "all") record All(
                @Setting("i") int i,
                @Setting(value = "b", byDefault = "true") boolean b,
                @Setting(value = "d", byDefault = "30s", min = "1ms", max = "1h") Duration d,
                @Setting(value = "m", byDefault = "very_safe") Mode m,
                @Setting(value = "l", byDefault = "GET, HEAD", min = "1") List<String> l,
                @Setting("n") Inner n,
                @Setting("s") List<Inner> s,
                @Setting("o") @Nullable String o,
                @Setting(value = "k", min = "1") @Nullable Integer k) {}
            """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resource("reference/all.md"))
                .contains("| `i` | i | whole number | **required** |  |")
                .contains("| `b` | b | `true` or `false` | `true` |  |")
                .contains("| `d` | d | time | `30s` | `1ms` to `1h` |")
                .contains("| `m` | m | `fast`, `very_safe` | `very_safe` |  |")
                .contains("| `l` | l | list of text | `GET, HEAD` | at least `1` entries |")
                .contains("| `n` | n | [`inner`](inner.md) |  |  |")
                .contains("| `s` | s | list of [`inner`](inner.md) | empty |  |")
                .contains("| `o` | o | text |  |  |")
                .contains("| `k` | k | whole number |  | at least `1` |");
        assertThat(compactly(compiled.resource("schema/all.json")))
                .contains("\"default\":[\"GET\",\"HEAD\"],\"minItems\":1")
                .contains("\"$ref\":\"urn:gatehouse:settings:inner\"")
                .contains("\"enum\":[\"fast\",\"very_safe\"]")
                .contains("\"default\":true")
                .contains("\"required\":[\"i\"]");
    }

    @Test
    void a_constant_may_have_a_word_that_java_cannot_say() {
        Compiled compiled = Compiled.of("""
            enum Format { JSON, @Word("problem+json") PROBLEM }
            @Settings(value = "S.", name = "s") record S(@Setting(value = "f", byDefault = "problem+json") Format f) {}
            """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resource("reference/s.md"))
                .contains("| `f` | f | `json`, `problem+json` | `problem+json` |  |");
        assertThat(compactly(compiled.resource("schema/s.json")))
                .contains("\"enum\":[\"json\",\"problem+json\",\"problem\"]");
    }

    @Test
    void takes_a_word_as_a_default_and_lets_the_user_write_it() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "S.", name = "s") record S(
                @Setting(value = "x", byDefault = "auto", min = "1") @Nullable Integer loops,
                @Setting(value = "y", byDefault = "none") List<String> proxies) {}
            """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compactly(compiled.resource("schema/s.json")))
                .contains("\"pattern\":\"^(auto|\\\\$\\\\{[^}]+\\\\})$\",\"default\":\"auto\",\"minimum\":1")
                .contains("{\"const\":\"none\"}],\"default\":\"none\"");
    }

    @Test
    void refuses_a_word_as_the_default_of_a_number_that_cannot_be_null() {
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"auto\") int loops"))
                .singleElement()
                .asString()
                .contains("'auto' is no number");
    }

    @Test
    void takes_names_with_values_and_values_of_any_kind() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "Inner.", name = "inner") record Inner(@Setting(value = "x", byDefault = "1") int x) {}
            @Settings(value = "S.", name = "s") record S(
                @Setting(value = "a", min = "1") Map<String, Inner> byName,
                @Setting("b") Map<String, String> words,
                @Setting("c") @Nullable JsonText free) {}
            """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compactly(compiled.resource("schema/s.json")))
                .contains("\"additionalProperties\":{\"$ref\":\"urn:gatehouse:settings:inner\"},\"minProperties\":1")
                .contains("\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}")
                .contains("\"free\":{\"description\":\"c\"}")
                .contains("\"required\":[\"by_name\"]");
        assertThat(compiled.resource("reference/s.md"))
                .contains(
                        "| `by_name` | a | names, each with [`inner`](inner.md) | **required** | at least `1` entries |")
                .contains("| `free` | c | anything |");
    }

    @Test
    void takes_a_record_in_its_shorter_forms() {
        Compiled compiled = Compiled.of("""
            record Short(String word) { public static Short of(String word) { return new Short(word); } }
            @Settings(value = "Inner.", name = "inner") record Inner(@Setting("x") String x) {
                public static Inner of(Duration time) { return new Inner("" + time); }
                public static Inner of(Map<String, Integer> shares) { return new Inner("" + shares); }
                public static Inner of(Object other) { return new Inner("" + other); }
                static Inner of(String notPublic) { return new Inner(notPublic); }
            }
            @Settings(value = "S.", name = "s") record S(
                @Setting("a") Short word, @Setting("b") Inner inner, @Setting(value = "c", byDefault = "d") Short other) {}
            """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resource("reference/s.md"))
                .contains("| `word` | a | text | **required** |")
                .contains(
                        "| `inner` | b | time, or names, each with whole number, or [`inner`](inner.md) | **required** |")
                .contains("| `other` | c | text | `d` |");
        assertThat(compactly(compiled.resource("schema/s.json"))).contains("\"anyOf\":[{\"type\":[\"string\"");
    }

    @Test
    void begins_a_word_at_the_digit_of_a_kind_of_status() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "S.", name = "s") record S(
                @Setting(value = "x", byDefault = "1") int consecutive5xx,
                @Setting(value = "y", byDefault = "1") int sha256) {}
            """);

        assertThat(compiled.resource("reference/s.md"))
                .contains("`consecutive_5xx`")
                .contains("`sha256`");
    }

    @Test
    void needs_no_unit_for_0() {
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"1KiB\", min = \"0\") int x"))
                .isEmpty();
        assertThat(errorsAt("@Setting(value = \"x\", min = \"0\", max = \"1h\") Duration x"))
                .isEmpty();
    }

    @Test
    void writes_a_default_of_0_as_a_number() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "S.", name = "s") record S(
                @Setting(value = "x", byDefault = "0", max = "1GiB") long body) {}
            """);

        assertThat(compactly(compiled.resource("schema/s.json"))).contains("\"default\":0,\"x-max\":\"1GiB\"");
    }

    @Test
    void requires_a_section_that_has_a_required_key() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "Inner.", name = "inner") record Inner(@Setting("x") int x) {}
            @Settings(value = "Outer.", name = "outer") record Outer(@Setting("n") Inner n) {}
            """);

        assertThat(compiled.resource("reference/outer.md")).contains("**required**");
    }

    @Test
    void ends_at_a_section_within_itself() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "A group.", name = "group")
            record Group(@Setting("Groups inside.") List<Group> groups, @Setting("x") @Nullable Group other) {}
            """);

        assertThat(compiled.errors()).isEmpty();
    }

    @Test
    void escapes_for_json_and_for_markdown() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "A \\"quoted\\" \\\\ <b>.", name = "s")
            record S(@Setting("a|b\\tc") @Nullable String x) {}
            """);

        assertThat(compiled.resource("schema/s.json"))
                .contains("\"A \\\"quoted\\\" \\\\ <b>.\"")
                .contains("\"a|b\\tc\"");
        assertThat(compiled.resource("reference/s.md"))
                .contains("A \"quoted\" \\ &lt;b>.")
                .contains("a\\|b");
    }

    @Test
    void refuses_a_component_without_a_description() {
        assertThat(errorsAt("int x"))
                .containsExactly(
                        "line 2: x: describe it with @Setting(\"…\"): what it does for the user, its unit, its limits");
        assertThat(errorsAt("@Setting(\" \") int x")).singleElement().asString().contains("describe it in one line");
        assertThat(errorsAt("@Setting(\"a\\nb\") int x"))
                .singleElement()
                .asString()
                .contains("one line");
    }

    @Test
    void a_capital_letter_begins_a_word_of_the_key_and_so_does_a_class_of_statuses() {
        Compiled compiled = Compiled.of("""
            @Settings(name = "x", value = "X.")
            record Sample(@Setting("Y.") int maxHeaderCount, @Setting("Z.") int consecutive5xx) {}
            """);
        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resource("schema/x.json")).contains("\"max_header_count\"", "\"consecutive_5xx\"");
    }

    @Test
    void refuses_a_name_without_a_snake_case() {
        assertThat(errorsAt("@Setting(\"x\") int maxURLs"))
                .singleElement()
                .asString()
                .contains("maxURLs")
                .contains("snake_case");
        assertThat(errorsAt("@Setting(\"x\") int max_urls")).hasSize(1);
    }

    @Test
    void refuses_types_a_file_cannot_hold() {
        for (String type : new String[] {
            "Object",
            "double",
            "Integer",
            "java.util.Map<Integer, String>",
            "java.util.Map<String, List<String>>",
            "List<List<String>>",
            "List",
            "int[]",
            "Runtime"
        }) {
            assertThat(errorsAt("@Setting(\"x\") " + type + " x"))
                    .as(type)
                    .singleElement()
                    .asString()
                    .contains("a setting cannot be");
        }
    }

    @Test
    void refuses_a_default_that_is_not_of_the_type() {
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"30\") Duration x"))
                .singleElement()
                .asString()
                .contains("byDefault: '30' (expected: a time like 30s)");
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"yes\") boolean x"))
                .singleElement()
                .asString()
                .contains("true or false");
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"up\") java.util.concurrent.TimeUnit x"))
                .singleElement()
                .asString()
                .contains("one of nanoseconds, ");
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"12\", max = \"1KiB\") int x"))
                .singleElement()
                .asString()
                .contains("a size like 64KiB");
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"1, b\") List<Integer> x"))
                .singleElement()
                .asString()
                .contains("'b'");
    }

    @Test
    void refuses_bounds_that_make_no_sense() {
        assertThat(errorsAt("@Setting(value = \"x\", min = \"1\") String x"))
                .singleElement()
                .asString()
                .contains("min and max mean nothing for a java.lang.String");
        assertThat(errorsAt("@Setting(value = \"x\", min = \"2s\", max = \"1s\") Duration x"))
                .singleElement()
                .asString()
                .contains("min 2s is above max 1s");
        assertThat(errorsAt("@Setting(value = \"x\", byDefault = \"2GiB\", max = \"1MiB\") long x"))
                .singleElement()
                .asString()
                .contains("outside of its bounds");
        assertThat(errorsAt("@Setting(value = \"x\", min = \"few\") int x"))
                .singleElement()
                .asString()
                .contains("min: 'few' (expected: a number like 100)");
    }

    @Test
    void reports_all_mistakes_of_a_record_together() {
        assertThat(errorsAt("int a, @Setting(\"\") int b, @Setting(\"c\") double c"))
                .hasSize(3);
    }

    @Test
    void refuses_settings_on_a_class_without_a_sentence_or_with_a_bad_name() {
        assertThat(Compiled.of("@Settings(value = \"S.\", name = \"s\") class S {}")
                        .errors())
                .singleElement()
                .asString()
                .contains("@Settings is for records");
        assertThat(Compiled.of("@Settings(value = \"\", name = \"s\") record S() {}")
                        .errors())
                .singleElement()
                .asString()
                .contains("one sentence");
        assertThat(Compiled.of("@Settings(value = \"S.\", name = \"../S\") record S() {}")
                        .errors())
                .singleElement()
                .asString()
                .contains("snake_case words joined by dots");
    }

    @Test
    void refuses_two_sections_of_one_name() {
        Compiled compiled = Compiled.of("""
            @Settings(value = "A.", name = "a") record A(@Setting("x") int x) {}
            @Settings(value = "B.", name = "a") record B(@Setting("x") int x) {}
            """);

        assertThat(compiled.errors()).singleElement().asString().contains("already called a");
    }

    private static List<String> errorsAt(String component) {
        return Compiled.of("@Settings(value = \"S.\", name = \"s\") record S(\n" + component + ") {}")
                .errors();
    }

    private static String compactly(String json) {
        return json.replaceAll("\\n *", "").replace("\": ", "\":");
    }
}
