package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatehouse fmt`: what becomes of the file, and what is said about it.
class FmtCommandTest {
    private static final String UNTIDY = """
            routes:
              - {path: /**,   service: users}   # everything
            services:
              users: { instances: [ "127.0.0.1:8081" ] }
            """;

    private static final String TIDY = """
            services:
              users: { instances: ["127.0.0.1:8081"] }
            routes:
              - { path: /**, service: users }   # everything
            """;

    @TempDir
    private Path folder;

    @Test
    void formats_in_place_and_says_what_changed() throws IOException {
        Path file = file(UNTIDY);
        GatehouseCommandLine said = fmt(file);

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .startsWith(file + ":1\n")
                .contains("-   - {path: /**,   service: users}   # everything\n")
                .contains("+   - { path: /**, service: users }   # everything\n")
                .endsWith(" lines formatted\n");
        assertThat(Files.readString(file)).isEqualTo(TIDY);
    }

    @Test
    void a_tidy_file_is_left_alone_without_a_word() throws IOException {
        Path file = file(TIDY);
        var before = Files.getLastModifiedTime(file);

        GatehouseCommandLine said = fmt(file);
        assertThat(said).isEqualTo(new GatehouseCommandLine(0, "", ""));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        assertThat(fmt(file, "--check")).isEqualTo(new GatehouseCommandLine(0, "", ""));
    }

    @Test
    void check_changes_nothing_and_ends_with_2_when_it_would() throws IOException {
        Path file = file(UNTIDY);
        GatehouseCommandLine said = fmt(file, "--check");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).endsWith(" lines to format\n");
        assertThat(Files.readString(file)).isEqualTo(UNTIDY);
    }

    @Test
    void mode_and_link_stay_and_nothing_is_left_beside_the_file() throws IOException {
        Path file = file(UNTIDY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file.getFileName());

        assertThat(fmt(link).code()).isZero();

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(file)).isEqualTo(TIDY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactlyInAnyOrder(file, link);
        }
    }

    @Test
    void a_file_that_is_not_yaml_is_refused_and_stays_as_it_is() throws IOException {
        String broken = "routes:\n\t- path: /**\n";
        Path file = file(broken);
        GatehouseCommandLine said = fmt(file);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("error[GH0102]").contains(file + ":2:1");
        assertThat(Files.readString(file)).isEqualTo(broken);
    }

    @Test
    void from_standard_input_the_result_goes_to_standard_output() {
        assertThat(GatehouseCommandLine.given(UNTIDY, "fmt", "-f", "-"))
                .isEqualTo(new GatehouseCommandLine(0, TIDY, ""));

        GatehouseCommandLine checked = GatehouseCommandLine.given(UNTIDY, "fmt", "--check", "-f", "-");
        assertThat(checked.code()).isEqualTo(2);
        assertThat(checked.out()).contains("stdin:1");
    }

    @Test
    void a_file_that_is_not_there_is_said_not_to_be_there() {
        GatehouseCommandLine said = fmt(folder.resolve("nothing.yaml"));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).startsWith("error: ").contains("nothing.yaml cannot be read: it does not exist");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("shop.yaml"), content);
    }

    private static GatehouseCommandLine fmt(Path file, String... options) {
        return GatehouseCommandLine.of(Stream.concat(Stream.of("fmt", "-f", file.toString()), Stream.of(options))
                .toArray(String[]::new));
    }
}
