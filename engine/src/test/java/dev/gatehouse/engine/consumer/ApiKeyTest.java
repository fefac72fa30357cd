package dev.gatehouse.engine.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void a_key_is_letters_and_digits_with_its_id_in_it() {
        ApiKey key = ApiKey.random(ApiKey.PREFIX, random);
        assertThat(key.reveal()).matches("gh_[0-9A-Za-z]{8}_[0-9A-Za-z]{33}");
        assertThat(key.id()).isEqualTo("k_" + key.reveal().substring(3, 11));
        assertThat(key.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void what_was_made_is_possible() {
        assertThat(ApiKey.isPossible(ApiKey.random(ApiKey.PREFIX, random).reveal()))
                .isTrue();
        assertThat(ApiKey.isPossible(ApiKey.random(ApiKey.DEMO_PREFIX, random).reveal()))
                .isTrue();
    }

    @Test
    void one_wrong_character_anywhere_makes_it_impossible() {
        String key = ApiKey.random(ApiKey.PREFIX, random).reveal();
        for (int i = 0; i < key.length(); i++) {
            char other = key.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(ApiKey.isPossible(key.substring(0, i) + other + key.substring(i + 1)))
                    .as("character %d", i)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gh_", "demo_", "gh_x", "nope", "Bearer gh_x", "gha_0123456789012345678901"})
    void other_texts_are_impossible(String text) {
        assertThat(ApiKey.isPossible(text)).isFalse();
    }

    @Test
    void a_key_that_was_cut_short_or_has_more_behind_it_is_impossible() {
        String key = ApiKey.random(ApiKey.PREFIX, random).reveal();
        assertThat(ApiKey.isPossible(key.substring(0, key.length() - 1))).isFalse();
        assertThat(ApiKey.isPossible(key + "0")).isFalse();
    }

    @Test
    void no_two_are_alike() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            all.add(ApiKey.random(ApiKey.PREFIX, random).reveal());
        }
        assertThat(all).hasSize(1000);
    }

    @Test
    void its_text_for_people_is_its_id() {
        ApiKey key = ApiKey.random(ApiKey.PREFIX, random);
        assertThat(key).hasToString(key.id());
    }
}
