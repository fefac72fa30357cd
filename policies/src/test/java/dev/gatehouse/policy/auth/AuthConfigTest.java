package dev.gatehouse.policy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuthConfigTest {
    @Test
    void a_word_and_a_list_are_any_of_them() {
        assertThat(AuthConfig.of("customer")).isEqualTo(new AuthConfig(List.of("customer"), List.of()));
        assertThat(AuthConfig.of(List.of("partner", "none")).any()).containsExactly("partner", "none");
        assertThat(AuthConfig.of("none").any()).containsExactly("none");
    }

    @Test
    void what_could_be_misunderstood_is_refused() {
        refused(List.of(), List.of(), "names nobody to ask");
        refused(List.of("a"), List.of("b"), "all: cannot stand beside 'any'");
        refused(List.of("a", "a"), List.of(), "names an entry twice");
        refused(List.of(), List.of("a", "none"), "all: 'none' asks nobody");
        refused(List.of("none", "a"), List.of(), "'none' stands last");
    }

    private static void refused(List<String> any, List<String> all, String message) {
        assertThatThrownBy(() -> new AuthConfig(any, all))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
