package dev.gatehouse.app.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
    @TempDir
    Path folder;

    private final Semaphore changes = new Semaphore(0);

    @Test
    void a_change_of_content_is_told_once() throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), "version: 1\n");
        try (ConfigWatch watch = new ConfigWatch(() -> List.of(file), changes::release)) {
            Files.writeString(file, "version: 1\nname: shop\n");

            assertThat(changes.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            assertThat(changes.tryAcquire(1_500, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void writing_the_same_again_is_no_change() throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), "version: 1\n");
        try (ConfigWatch watch = new ConfigWatch(() -> List.of(file), changes::release)) {
            Files.writeString(file, "version: 1\n");

            assertThat(changes.tryAcquire(1_500, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /// How Kubernetes changes a ConfigMap: the file is a link through a link, and only the one in the middle moves.
    @Test
    void a_link_that_is_swapped_is_a_change() throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(first.resolve("gateway.yaml"), "version: 1\n");
        Files.writeString(second.resolve("gateway.yaml"), "version: 1\nname: second\n");
        Path data = Files.createSymbolicLink(folder.resolve("data"), first);
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Path file = Files.createSymbolicLink(mounted.resolve("gateway.yaml"), data.resolve("gateway.yaml"));
        try (ConfigWatch watch = new ConfigWatch(() -> List.of(file), changes::release)) {
            Files.delete(data);
            Files.createSymbolicLink(data, second);

            assertThat(changes.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_file_that_joins_and_one_that_leaves_are_changes() throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), "version: 1\n");
        Path more = folder.resolve("more.yaml");
        try (ConfigWatch watch =
                new ConfigWatch(() -> Files.exists(more) ? List.of(file, more) : List.of(file), changes::release)) {
            Files.writeString(more, "services: {}\n");
            assertThat(changes.tryAcquire(5, TimeUnit.SECONDS)).isTrue();

            Files.delete(more);
            assertThat(changes.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
