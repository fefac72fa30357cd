package dev.gatehouse.it.websocket;

import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/// A program somebody else's WebSocket library runs in, which tells what it sees line by line. Ends with the test.
final class Peer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Debian's own: another one on the path does not see Debian's packages.
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private Peer(Path folder, List<String> command) {
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("websocket-peer-output").start(this::read);
    }

    /// With `ws`, put into `folder` by npm as the lock file says.
    static Peer node(Path folder, String program, String... arguments) {
        try {
            for (String file : List.of("package.json", "package-lock.json", program)) {
                if (!Files.exists(folder.resolve(file))) {
                    Files.copy(sources("node").resolve(file), folder.resolve(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(folder.resolve("node_modules"))) {
            Subprocess.run(
                            Duration.ofMinutes(2),
                            Servers.require("npm").toString(),
                            "ci",
                            "--prefix",
                            folder.toString(),
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts")
                    .succeeded();
        }
        return new Peer(folder, command(Servers.require("node"), folder.resolve(program), arguments));
    }

    /// With Debian's python3-websockets.
    static Peer python(String program, String... arguments) {
        Path folder = sources("python");
        return new Peer(folder, command(PYTHON, folder.resolve(program), arguments));
    }

    private static Path sources(String language) {
        return Path.of(System.getProperty("gatehouse.root", ".."), "it", "src", "test", language)
                .toAbsolutePath();
    }

    private static List<String> command(Path runner, Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(runner.toString(), program.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            // It was ended while we read.
        }
    }

    /// Waits for a line that begins so.
    ///
    /// @return what follows on it
    String await(String begin) {
        Awaitility.await().atMost(PATIENCE).until(() -> said.stream().anyMatch(line -> line.startsWith(begin)) || !process.isAlive());
        return said.stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .map(line -> line.substring(begin.length()).strip())
                .orElseThrow(() -> new AssertionError("no line begins with '" + begin + "': " + said));
    }

    /// The URL of a service, once it serves.
    String url() {
        return "http://127.0.0.1:" + await("port ");
    }

    /// All it has said.
    List<String> said() {
        return said;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
