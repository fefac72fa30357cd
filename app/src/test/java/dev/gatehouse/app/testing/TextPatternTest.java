package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextPatternTest {
    @Test
    void a_text_is_compared_in_the_words_of_match() {
        assertThat(TextPattern.of("hit").fits("hit")).isTrue();
        assertThat(TextPattern.of("hit").fits("hits")).isFalse();
        assertThat(TextPattern.of("text/*").fits("text/plain")).isTrue();
        assertThat(TextPattern.of("~[0-9]{3}").fits("123")).isTrue();
        assertThat(TextPattern.of("~[0-9]{3}").fits("1234")).isFalse();
        assertThat(TextPattern.of("=~").fits("~")).isTrue();
    }

    @Test
    void what_has_to_be_there_and_what_must_not() {
        assertThat(TextPattern.of("*").fits("")).isTrue();
        assertThat(TextPattern.of("*").fits(null)).isFalse();
        assertThat(TextPattern.of("!*").fits(null)).isTrue();
        assertThat(TextPattern.of("!*").fits("any")).isFalse();
    }

    @Test
    void a_broken_expression_is_told() {
        assertThatThrownBy(() -> TextPattern.of("~(")).hasMessageContaining("not a regular expression");
    }
}
