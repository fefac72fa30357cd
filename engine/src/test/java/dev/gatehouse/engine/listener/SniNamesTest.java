package dev.gatehouse.engine.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Of several names that fit, the exact one is meant, then the longest wildcard.
class SniNamesTest {
    private final SniNames<String> names = new SniNames<>(Map.of(
            "id.example.com", "id",
            "*.example.com", "any",
            "*.Files.example.com", "files",
            "a.files.example.com", "a"));

    @Test
    void an_exact_name_comes_before_wildcards_and_a_longer_wildcard_before_a_shorter_one() {
        assertThat(names.find("id.example.com")).isEqualTo("id");
        assertThat(names.find("a.files.example.com")).isEqualTo("a");
        assertThat(names.find("b.files.example.com")).isEqualTo("files");
        assertThat(names.find("x.y.files.example.com")).isEqualTo("files");
        assertThat(names.find("www.example.com")).isEqualTo("any");
        assertThat(names.find("files.example.com")).isEqualTo("any");
    }

    @Test
    void a_wildcard_is_not_the_bare_domain_nor_a_part_of_a_label() {
        assertThat(names.find("example.com")).isNull();
        assertThat(names.find("badexample.com")).isNull();
        assertThat(names.find("com")).isNull();
        assertThat(names.find("")).isNull();
        assertThat(names.find(".example.com")).isNull();
    }
}
