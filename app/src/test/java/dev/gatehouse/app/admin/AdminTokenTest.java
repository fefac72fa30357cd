package dev.gatehouse.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {
    @Test
    void a_generated_token_is_256_bits_behind_its_prefix() {
        SecureRandom allOnes = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 0xff);
            }
        };
        assertThat(AdminToken.random(allOnes).reveal()).isEqualTo("gha_" + "_".repeat(42) + "8");
        assertThat(AdminToken.random(new SecureRandom()).reveal())
                .matches("gha_[A-Za-z0-9_-]{43}")
                .isNotEqualTo(AdminToken.random(new SecureRandom()).reveal());
    }

    @Test
    void it_is_not_shown_by_accident() {
        AdminToken token = AdminToken.of("gha_0123456789abcdefghijkl");
        assertThat(token).hasToString("gha_…");
        assertThat(token.is("gha_0123456789abcdefghijkl")).isTrue();
        assertThat(token.is("gha_0123456789abcdefghijkL")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "admin", "gha_", "gha_tooshort", "0123456789abcdefghijklmnop", "gha_0123456789 bcdefghijkl"})
    void a_weak_one_is_refused_without_repeating_it(String text) {
        assertThatThrownBy(() -> AdminToken.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gha_ and at least 22")
                .satisfies(e -> assertThat(text.length() < 8 || !e.getMessage().contains(text))
                        .isTrue());
    }
}
