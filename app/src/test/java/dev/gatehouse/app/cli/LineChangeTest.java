package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What differs between two texts, told in few lines.
class LineChangeTest {
    @Test
    void the_same_text_has_no_changes() {
        assertThat(LineChange.between("a\nb\n", "a\nb\n")).isEmpty();
        assertThat(LineChange.between("a\nb", "a\nb\n")).as("but for the end of the file").isEmpty();
    }

    @Test
    void a_changed_line_stands_at_its_number_with_what_became_of_it() {
        assertThat(LineChange.between("a\n b\nc\n", "a\nb\nc\n"))
                .containsExactly(new LineChange(2, List.of(" b"), List.of("b")));
    }

    @Test
    void lines_between_changes_are_left_out() {
        assertThat(LineChange.between("1\na\n2\nb\n3\n", "1\nA\n2\nB\n3\n"))
                .containsExactly(
                        new LineChange(2, List.of("a"), List.of("A")), new LineChange(4, List.of("b"), List.of("B")));
    }

    @Test
    void what_moved_is_gone_there_and_new_here() {
        assertThat(LineChange.between("x\na\nb\nc\n", "a\nb\nc\nx\n"))
                .containsExactly(
                        new LineChange(1, List.of("x"), List.of()), new LineChange(5, List.of(), List.of("x")));
    }

    @Test
    void texts_too_large_to_compare_line_by_line_are_one_change() {
        String before = "a\n".repeat(3000) + "end\n";
        String after = "b\n".repeat(3000) + "end\n";

        assertThat(LineChange.between(before, after)).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(1);
            assertThat(one.lines()).isEqualTo(3000);
        });
    }
}
