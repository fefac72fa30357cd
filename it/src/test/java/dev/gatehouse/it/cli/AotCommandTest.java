package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatehouse aot` where it cannot work. That it works is tried with the archive, by `.ci/check-distribution`: a JVM
/// makes
/// no cache for folders of classes, which tests run from.
class AotCommandTest {

    @Test
    void who_was_not_started_by_the_launcher_has_to_say_where_to() {
        var said = GatehouseCommandLine.of("aot");

        assertThat(said.code()).isEqualTo(64);
        assertThat(said.err()).contains("not started by the launcher").contains("--output FILE");
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_an_error_before_anything_starts(@TempDir Path folder) {
        var said = GatehouseCommandLine.of(
                "aot", "--output", folder.resolve("nowhere/gatehouse.aot").toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("nowhere cannot be written to");
    }
}
