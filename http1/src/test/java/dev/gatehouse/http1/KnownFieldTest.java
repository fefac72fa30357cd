package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownFieldTest {
    @ParameterizedTest
    @EnumSource
    void every_name_is_recognised_in_any_spelling(KnownField field) {
        String name = new String(field.lowerCase(), US_ASCII);

        assertThat(recognise(name)).isEqualTo(field);
        assertThat(recognise(name.toUpperCase(Locale.ROOT))).isEqualTo(field);
        assertThat(recognise(name.replace('-', '_'))).isEqualTo(field);
    }

    @ParameterizedTest
    @EnumSource
    void a_name_that_only_resembles_a_known_one_is_not_recognised(KnownField field) {
        String name = new String(field.lowerCase(), US_ASCII);

        assertThat(recognise(name + "x")).isNull();
        assertThat(recognise("x" + name)).isNull();
        assertThat(recognise(name.substring(1))).isNull();
        assertThat(recognise(name.substring(0, name.length() - 1) + "0")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept", "user-agent", "cookie", "authorization", "x"})
    void other_names_are_not_recognised(String name) {
        assertThat(recognise(name)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void a_name_is_told_from_one_that_is_only_alike(KnownField field) {
        byte[] upper = new String(field.lowerCase(), US_ASCII).toUpperCase(Locale.ROOT).getBytes(US_ASCII);
        byte[] alike = new String(field.lowerCase(), US_ASCII).replace('-', '_').getBytes(US_ASCII);

        assertThat(KnownField.named(upper, 0, upper.length)).isEqualTo(field);
        boolean same = Arrays.equals(alike, field.lowerCase());
        assertThat(KnownField.named(alike, 0, alike.length)).isEqualTo(same ? field : null);
    }

    private static KnownField recognise(String name) {
        byte[] bytes = name.getBytes(US_ASCII);
        return KnownField.of(Octets.hash(bytes, 0, bytes.length), bytes, 0, bytes.length);
    }
}
