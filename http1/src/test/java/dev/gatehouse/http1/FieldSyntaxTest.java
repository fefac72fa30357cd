package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSyntaxTest {
    @Test
    void a_name_is_a_token_in_lower_case() {
        assertThat(isName("x-trace_1")).isTrue();
        assertThat(isName("X-Trace")).isFalse();
        assertThat(isName("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:b", "a\r", "a\nb", "a\0", "\u00e4", ":a", "a\t"})
    void a_name_with_anything_else_is_none(String name) {
        assertThat(isName(name)).isFalse();
    }

    @Test
    void a_value_may_be_empty_and_hold_tabs_and_any_octet_above() {
        assertThat(isValue("")).isTrue();
        assertThat(isValue("a\tb c")).isTrue();
        assertThat(isValue("caf\u00e9")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\ta", "a\t", "a\rb", "a\nb", "a\0b", "a\u007fb", "longer than eight\r\nx: y"})
    void a_value_with_a_control_character_or_space_around_it_is_none(String value) {
        assertThat(isValue(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\tb", "/ HTTP/1.1\r\nx: y", "/\0"})
    void what_holds_a_space_or_a_control_character_is_broken(String target) {
        byte[] octets = target.getBytes(ISO_8859_1);
        assertThat(FieldSyntax.isUnbroken(octets, 0, octets.length)).isFalse();
        assertThat(FieldSyntax.isUnbroken(octets, 0, 1)).isTrue();
    }

    @Test
    void only_what_is_between_the_bounds_counts() {
        byte[] octets = "\r\nname\r\n".getBytes(ISO_8859_1);
        assertThat(FieldSyntax.isLowerCaseName(octets, 2, 6)).isTrue();
        assertThat(FieldSyntax.isToken(octets, 2, 6)).isTrue();
        assertThat(FieldSyntax.isToken(octets, 2, 7)).isFalse();
        assertThat(FieldSyntax.isToken(octets, 2, 2)).isFalse();
    }

    private static boolean isName(String text) {
        byte[] octets = text.getBytes(ISO_8859_1);
        return FieldSyntax.isLowerCaseName(octets, 0, octets.length);
    }

    private static boolean isValue(String text) {
        byte[] octets = text.getBytes(ISO_8859_1);
        return FieldSyntax.isValue(octets, 0, octets.length);
    }
}
