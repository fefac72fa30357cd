package dev.gatehouse.it.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.reload.LiveConfig.Reload;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plug-ins come, change and go while a gateway runs.
@LeavesNothingBehind
class PluginReloadTest {
    private static final int RELOADS = 100;
    private static final String VISITED = "GET /visited HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    Path folder;

    private Path file;
    private Path plugins;

    @BeforeEach
    void lay_out_the_files() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        file = Files.writeString(folder.resolve("gateway.yaml"), """
                listeners: { main: { bind: 127.0.0.1, port: 0 } }
                routes:
                  - { path: /, respond: { body: plain } }
                """);
    }

    @Test
    void a_plug_in_comes_changes_and_goes() throws IOException {
        try (var gateway = ReloadedGateway.start(file, plugins)) {
            Visits.version("one-").writeTo(plugins.resolve("visits.jar"));
            assertThat(gateway.applied()).isEqualTo("+1 plug-in");
            addVisitedRoute();
            assertThat(gateway.applied()).isEqualTo("+1 route");
            assertThat(gateway.get("/visited").header("X-Visits")).isEqualTo("one-1");

            Visits.version("two-").writeTo(plugins.resolve("visits.jar"));
            assertThat(gateway.applied()).startsWith("~1 plug-in");
            assertThat(gateway.get("/visited").header("X-Visits"))
                    .as("another version may not be able to read what the one before remembered")
                    .isEqualTo("two-1");

            Files.delete(plugins.resolve("visits.jar"));
            assertThat(gateway.refused()).contains("gateway.yaml:4:").contains("visits");
            assertThat(gateway.get("/visited").header("X-Visits"))
                    .as("a route still needs it: nothing has changed")
                    .isEqualTo("two-2");
        }
    }

    @Test
    void what_an_unchanged_plug_in_remembers_outlives_other_changes() throws IOException {
        Path jar = Visits.version("").writeTo(plugins.resolve("visits.jar"));
        addVisitedRoute();
        try (var gateway = ReloadedGateway.start(file, plugins)) {
            assertThat(gateway.get("/visited").header("X-Visits")).isEqualTo("1");
            ClassLoader loader = gateway.loader("visits");

            Files.writeString(file, Files.readString(file) + "  - { path: /more, respond: { body: more } }\n");
            assertThat(gateway.applied()).isEqualTo("+1 route");
            assertThat(gateway.get("/visited").header("X-Visits")).isEqualTo("2");

            Visits.version("").with("unused.txt", "other content").writeTo(plugins.resolve("another.jar"));
            assertThat(gateway.refused())
                    .contains("GH1702")
                    .contains("another.jar")
                    .contains("visits.jar");
            Files.delete(plugins.resolve("another.jar"));

            byte[] content = Files.readAllBytes(jar);
            Files.delete(jar);
            Files.write(jar, content);
            assertThat(gateway.reload()).isInstanceOf(Reload.Unchanged.class);
            assertThat(gateway.get("/visited").header("X-Visits")).isEqualTo("3");
            assertThat(gateway.loader("visits")).isSameAs(loader);
        }
    }

    @Test
    void a_jar_that_is_overwritten_with_anything_while_it_runs_does_no_harm() throws IOException {
        Path jar = Visits.version("").writeTo(plugins.resolve("visits.jar"));
        addVisitedRoute();
        try (var gateway = ReloadedGateway.start(file, plugins)) {
            // Before any of the classes that requests need was loaded.
            Files.writeString(jar, "this is no jar");

            assertThat(gateway.get("/visited").header("X-Visits")).isEqualTo("1");
            assertThat(gateway.refused()).contains("GH1701").contains("visits.jar");
            assertThat(gateway.get("/visited").header("X-Visits")).isEqualTo("2");

            Visits.version("mended-").writeTo(jar);
            assertThat(gateway.applied()).startsWith("~1 plug-in");
            assertThat(gateway.get("/visited").header("X-Visits")).isEqualTo("mended-1");
        }
    }

    @Test
    void a_hundred_replaced_jars_leave_no_class_loader_no_file_and_no_thread() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        PluginJar jar = Visits.version("");
        Path place = jar.writeTo(plugins.resolve("visits.jar"));
        addVisitedRoute();
        try (var gateway = ReloadedGateway.start(file, plugins);
                RawClient client = gateway.connect()) {
            assertThat(client.send(VISITED).readAnswer().status()).isEqualTo(200);
            Set<Thread> threads = Thread.getAllStackTraces().keySet();
            Set<String> files = openFiles();
            for (int i = 0; i < RELOADS; i++) {
                loaders.add(new WeakReference<>(gateway.loader("visits")));
                jar.with("build.txt", "number " + i).writeTo(place);
                assertThat(gateway.applied()).startsWith("~1 plug-in");
                if (i % 10 == 0) {
                    Files.writeString(place, "broken");
                    gateway.refused();
                }
                assertThat(client.send(VISITED).readAnswer().header("X-Visits")).isEqualTo("1");
            }
            assertThat(loaders.stream().map(WeakReference::get).collect(Collectors.toSet()))
                    .doesNotContain(gateway.loader("visits"));
            // The JDK keeps, softly, the types of the record whose `equals` it linked last (`ObjectMethods`): let that
            // be
            // the one that runs.
            assertThat(gateway.reload()).isInstanceOf(Reload.Unchanged.class);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                System.gc();
                assertThat(loaders.stream().map(WeakReference::get).filter(Objects::nonNull))
                        .isEmpty();
            });
            assertThat(openFiles()).isEqualTo(files);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !thread.getName().startsWith("awaitility"))
                    .isSubsetOf(threads);
        }
    }

    private void addVisitedRoute() throws IOException {
        Files.writeString(file, Files.readString(file) + "  - { path: /visited, respond: { body: hi }, visits: {} }\n");
    }

    /// What this process has open, but for sockets, which [CleanEnd] counts; empty where that cannot be known.
    private static Set<String> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Set<String> open = new TreeSet<>();
        if (Files.isDirectory(descriptors)) {
            try (Stream<Path> all = Files.list(descriptors)) {
                for (Path one : all.toList()) {
                    try {
                        String target = Files.readSymbolicLink(one).toString();
                        if (target.startsWith("/") && !target.startsWith("/proc/") && !target.startsWith("/dev/")) {
                            open.add(target);
                        }
                    } catch (IOException e) {
                        continue; // closed meanwhile
                    }
                }
            }
        }
        return open;
    }
}
