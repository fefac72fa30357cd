package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real Redis on a free port of 127.0.0.1, as one child process with a folder of its own, which keeps nothing on
/// disk. It can be killed, stopped and started again on its port. The test is skipped where Redis is not installed.
public final class RedisServer implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final Duration STARTING = Duration.ofSeconds(10);
    private static final Duration ASKING = Duration.ofSeconds(10);

    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    private RedisServer(Path folder, int port, List<String> command, Process process) {
        this.folder = folder;
        this.port = port;
        this.command = command;
        this.process = process;
    }

    /// Starts Redis with these settings, such as `--requirepass`, `secret`.
    public static RedisServer start(String... settings) {
        return attempt(false, List.of(settings), "");
    }

    /// Starts Redis that speaks TLS only.
    ///
    /// @param settings such as `--tls-cert-file`
    public static RedisServer startTls(String... settings) {
        return attempt(true, List.of(settings), "");
    }

    /// Starts a Sentinel, alone a quorum, that watches `master` under the name `mymaster` and replaces it half a
    /// second after it is gone.
    public static RedisServer sentinel(RedisServer master) {
        return attempt(false, List.of("--sentinel"), """
                sentinel monitor mymaster 127.0.0.1 %d 1
                sentinel down-after-milliseconds mymaster 500
                sentinel failover-timeout mymaster 3000
                """.formatted(master.port));
    }

    private static RedisServer attempt(boolean tls, List<String> settings, String file) {
        Path binary = Servers.require("redis-server");
        AssertionError last = new AssertionError("redis-server was never tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Path folder = Files.createTempDirectory("gatehouse-redis-");
                int port = FakeService.refusing();
                List<String> command = new ArrayList<>(List.of(binary.toString()));
                Files.createFile(folder.resolve("redis.log"));
                command.add(
                        Files.writeString(folder.resolve("redis.conf"), file).toString());
                command.addAll(List.of("--port", tls ? "0" : Integer.toString(port)));
                if (tls) {
                    command.addAll(List.of("--tls-port", Integer.toString(port)));
                }
                command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString()));
                if (!settings.contains("--sentinel")) {
                    command.addAll(List.of("--save", "", "--appendonly", "no"));
                }
                command.addAll(settings);
                RedisServer server = new RedisServer(folder, port, command, launch(command, folder));
                server.waitUntilUp();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (AssertionError e) {
                // Another process may have taken the port since it was seen free.
                last = e;
                if (!String.valueOf(e.getMessage()).contains("Address already in use")) {
                    throw e;
                }
            }
        }
        throw last;
    }

    private static Process launch(List<String> command, Path folder) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("redis.log").toFile()))
                .start();
    }

    private void waitUntilUp() {
        if (!Eventually.holds(STARTING, () -> !process.isAlive() || accepts()) || !process.isAlive()) {
            String said = log();
            close();
            throw new AssertionError("redis-server does not start:\n" + said);
        }
    }

    private boolean accepts() {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /// `redis://127.0.0.1:port`.
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /// What Redis wrote to its log so far.
    public String log() {
        try {
            return Files.readString(folder.resolve("redis.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What Redis answers to a command, as `redis-cli` prints it.
    public String ask(String... words) {
        return Subprocess.run(ASKING, asking(words)).succeeded().stdout().strip();
    }

    private List<String> asking(String... words) {
        List<String> line = new ArrayList<>(
                List.of(Servers.require("redis-cli").toString(), "-h", "127.0.0.1", "-p", Integer.toString(port)));
        line.addAll(List.of(words));
        return line;
    }

    /// Whether this is in its answer to a command; no, while it cannot be asked, as when it changes its role.
    public boolean says(String text, String... words) {
        Subprocess.Finished asked = Subprocess.run(ASKING, asking(words));
        return asked.exitCode() == 0 && asked.stdout().contains(text);
    }

    /// Ends Redis as a crash would: SIGKILL.
    public void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    /// Starts it again on its port after [#kill], with nothing in it.
    public void restart() {
        try {
            process = launch(command, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        waitUntilUp();
    }

    /// Lets it hang: SIGSTOP. Connections to it stay, and new ones can be made.
    public void freeze() {
        signal("STOP");
    }

    /// Lets it go on: SIGCONT.
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        Subprocess.run(ASKING, "kill", "-" + name, Long.toString(process.pid())).succeeded();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly(); // also one that is frozen
        }
        waitForEnd();
        delete();
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                Subprocess.kill(process);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
