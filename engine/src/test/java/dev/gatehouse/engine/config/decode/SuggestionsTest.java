package dev.gatehouse.engine.config.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, 0",
        "abc, ab, 1",
        "abc, acb, 1",
        "abc, xbc, 1",
        "abc, '', 3",
        "ca, abc, 3",
        "kitten, sitting, 3"
    })
    void counts_edits_and_a_swap_of_neighbours_as_one(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
        assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void upper_case_underscores_and_dashes_do_not_count() {
        assertThat(Suggestions.nearest("loadBalancer", List.of("load_balancer", "timeout")))
                .containsExactly("load_balancer");
        assertThat(Suggestions.nearest("load-balancer", List.of("load_balancer")))
                .containsExactly("load_balancer");
    }

    @Test
    void only_what_is_near_is_suggested_the_longer_the_further() {
        assertThat(Suggestions.nearest("colour", List.of("service", "path"))).isEmpty();
        assertThat(Suggestions.nearest("pth", List.of("path"))).containsExactly("path");
        assertThat(Suggestions.nearest("ph", List.of("path"))).isEmpty();
        assertThat(Suggestions.nearest("helthchek", List.of("health_check"))).containsExactly("health_check");
    }

    @Test
    void what_is_equally_near_is_suggested_together() {
        assertThat(Suggestions.question(Suggestions.nearest("v3", List.of("v1", "v2"))))
                .isEqualTo("did you mean 'v1' or 'v2'?");
    }
}
