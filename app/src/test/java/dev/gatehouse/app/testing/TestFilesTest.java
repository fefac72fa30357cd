package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write_some() throws IOException {
        Files.createDirectories(folder.resolve("tests/deep"));
        for (String name : List.of("a.test.yaml", "tests/b.test.yaml", "tests/deep/c.test.yml", "tests/d.yaml")) {
            Files.writeString(folder.resolve(name), "");
        }
    }

    @Test
    void tests_are_found_beside_a_configuration_and_anywhere_in_tests() throws IOException {
        assertThat(names(TestFiles.beside(folder.resolve("gateway.yaml"))))
                .containsExactly("a.test.yaml", "tests/b.test.yaml", "tests/deep/c.test.yml");
    }

    @Test
    void a_pattern_finds_what_it_says_and_two_stars_any_folders() {
        assertThat(names(TestFiles.matching(folder, "tests/*.test.yaml"))).containsExactly("tests/b.test.yaml");
        assertThat(names(TestFiles.matching(folder, "**/*.test.*")))
                .containsExactly("a.test.yaml", "tests/b.test.yaml", "tests/deep/c.test.yml");
        assertThat(TestFiles.matching(folder, "nowhere/*.test.yaml")).isEmpty();
    }

    @Test
    void a_name_is_itself_whether_it_is_there_or_not() {
        assertThat(names(TestFiles.matching(folder, "tests/later.test.yaml"))).containsExactly("tests/later.test.yaml");
    }

    private List<String> names(List<Path> files) {
        return files.stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .toList();
    }
}
