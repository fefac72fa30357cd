package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.LogRotationConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log file that others move, and one that the gateway puts aside itself.
class FileOutputTest {
    private static final LogRotationConfig DAILY = new LogRotationConfig(null, true, 3, false);
    private static final LogRotationConfig AT_64_KIB = new LogRotationConfig(64L << 10, false, 3, false);
    private static final String LINES_OF_30_KIB = ("x".repeat(1023) + "\n").repeat(30);

    @TempDir
    Path folder;

    private final FakeTime time = new FakeTime("2026-11-22T12:00:00.000Z");

    @Test
    void a_file_is_appended_to_and_made_with_its_folders_for_owner_and_group() throws IOException {
        Path file = folder.resolve("logs/today/access.log");
        try (FileOutput output = new FileOutput(file, null)) {
            write(output, "one\n");
        }
        try (FileOutput output = new FileOutput(file, null)) {
            write(output, "two\n");
        }
        assertThat(file).hasContent("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isIn("rw-r-----", "rw-------");
    }

    @Test
    void a_file_that_was_moved_away_is_begun_anew() throws IOException {
        Path file = folder.resolve("access.log");
        try (FileOutput output = new FileOutput(file, null)) {
            write(output, "one\n");
            Files.move(file, folder.resolve("access.log.1"));
            write(output, "two\n");
            output.look();
            assertThat(file).exists().isEmptyFile();
            write(output, "three\n");
        }
        assertThat(folder.resolve("access.log.1")).hasContent("one\ntwo\n");
        assertThat(file).hasContent("three\n");
    }

    @Test
    void another_file_at_its_place_is_taken() throws IOException {
        Path file = folder.resolve("access.log");
        try (FileOutput output = new FileOutput(file, null)) {
            write(output, "one\n");
            Files.move(file, folder.resolve("access.log.1"));
            Files.writeString(file, "by logrotate\n");
            output.look();
            write(output, "two\n");
        }
        assertThat(file).hasContent("by logrotate\ntwo\n");
    }

    @Test
    void a_file_that_was_copied_and_truncated_goes_on_at_its_beginning() throws IOException {
        Path file = folder.resolve("access.log");
        try (FileOutput output = new FileOutput(file, null)) {
            write(output, "one\n");
            FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
            output.look();
            write(output, "two\n");
        }
        assertThat(file).hasContent("two\n");
    }

    @Test
    void a_folder_that_cannot_be_made_is_an_error_that_passes() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("logs"), "");
        try (FileOutput output = new FileOutput(notAFolder.resolve("access.log"), null)) {
            assertThatThrownBy(() -> write(output, "one\n")).isInstanceOf(IOException.class);
            Files.delete(notAFolder);
            write(output, "two\n");
        }
        assertThat(notAFolder.resolve("access.log")).hasContent("two\n");
    }

    @Test
    void a_file_is_put_aside_before_it_is_too_large() throws IOException {
        Path file = folder.resolve("access.log");
        try (FileOutput output = new FileOutput(file, rotation(AT_64_KIB))) {
            for (int i = 0; i < 5; i++) {
                write(output, LINES_OF_30_KIB);
            }
        }
        assertThat(names())
                .containsExactly("access.log", "access.log.20261122T120000.000Z", "access.log.20261122T120000.001Z");
        assertThat(folder.resolve("access.log.20261122T120000.000Z")).hasSize(60 << 10);
        assertThat(file).hasSize(30 << 10);
    }

    @Test
    void a_day_that_ends_puts_its_file_aside_at_midnight_where_the_gateway_is() throws IOException {
        Path file = folder.resolve("access.log");
        try (FileOutput output = new FileOutput(file, rotation(DAILY))) {
            write(output, "before\n");
            time.pass(Duration.ofMinutes(10 * 60 + 59));
            write(output, "still before\n");
            time.pass(Duration.ofMinutes(1)); // 23:00 in UTC, midnight in Berlin
            write(output, "after\n");
        }
        assertThat(names()).containsExactly("access.log", "access.log.20261122T230000.000Z");
        assertThat(folder.resolve("access.log.20261122T230000.000Z")).hasContent("before\nstill before\n");
        assertThat(file).hasContent("after\n");
    }

    @Test
    void a_file_of_another_day_is_put_aside_after_a_start() throws IOException {
        Path file = Files.writeString(folder.resolve("access.log"), "yesterday\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-21T22:30:00Z")));
        try (FileOutput output = new FileOutput(file, rotation(DAILY))) {
            write(output, "today\n");
            write(output, "today\n");
        }
        assertThat(file).hasContent("today\ntoday\n");
        assertThat(names()).hasSize(2);
    }

    @Test
    void the_oldest_files_are_deleted_and_strangers_are_not() throws IOException {
        List<String> strangers = List.of("access.log.1", "access.log.bak", "other.log.20251122T120000.000Z");
        for (String stranger : strangers) {
            Files.writeString(folder.resolve(stranger), "");
        }
        Files.writeString(folder.resolve("access.log.20251122T120000.000Z.gz"), "");
        try (FileOutput output = new FileOutput(folder.resolve("access.log"), rotation(DAILY))) {
            for (int day = 0; day < 6; day++) {
                write(output, day + "\n");
                time.pass(Duration.ofDays(1));
            }
        }
        assertThat(names())
                .containsAll(strangers)
                .filteredOn(name -> !strangers.contains(name))
                .containsExactly(
                        "access.log",
                        "access.log.20261125T120000.000Z",
                        "access.log.20261126T120000.000Z",
                        "access.log.20261127T120000.000Z");
    }

    @Test
    void a_file_that_was_put_aside_is_compressed() throws IOException {
        LogRotationConfig compressed = new LogRotationConfig(null, true, 2, true);
        try (FileOutput output = new FileOutput(folder.resolve("access.log"), rotation(compressed))) {
            for (int day = 0; day < 5; day++) {
                write(output, day + "\n");
                time.pass(Duration.ofDays(1));
            }
        }
        assertThat(names())
                .containsExactly(
                        "access.log", "access.log.20261125T120000.000Z.gz", "access.log.20261126T120000.000Z.gz");
        byte[] newest = Files.readAllBytes(folder.resolve("access.log.20261126T120000.000Z.gz"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(newest))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("3\n");
        }
    }

    private Rotation rotation(LogRotationConfig config) {
        return new Rotation(config, time, ZoneId.of("Europe/Berlin"), Runnable::run);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static void write(FileOutput output, String lines) throws IOException {
        output.write(ByteBuffer.wrap(lines.getBytes(UTF_8)));
    }
}
