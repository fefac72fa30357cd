package dev.gatehouse.it.acme;

import dev.gatehouse.testkit.FakeDns;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A real issuer on free ports of 127.0.0.1: Let's Encrypt's own for tests, as Debian has it. It asks the gateway for
/// real, by names a [FakeDns] knows. The test is skipped where it is not installed.
final class Pebble implements AutoCloseable {
    private final TestAuthority authority;
    private final Path folder;
    private final int port;
    private final int managementPort;
    private final Process process;

    /// Where it finds the hosts.
    ///
    /// @param httpPort asked for tokens, instead of 80
    /// @param tlsPort shaken hands with, instead of 443
    /// @param dns what resolves the hosts
    record Doors(int httpPort, int tlsPort, FakeDns dns) {}

    private Pebble(TestAuthority authority, Path folder, int port, int managementPort, Process process) {
        this.authority = authority;
        this.folder = folder;
        this.port = port;
        this.managementPort = managementPort;
        this.process = process;
    }

    static Pebble start(Path folder, Doors doors) {
        return start(folder, doors, Duration.ofDays(90), "");
    }

    /// @param life of the certificates it issues
    /// @param more of its settings, as members of a JSON object, each behind a comma
    static Pebble start(Path folder, Doors doors, Duration life, String more) {
        return startOn(FakeService.refusing(), TestAuthority.create(), folder, doors, life, more);
    }

    static Pebble startOn(int port, TestAuthority authority, Path folder, Doors doors, Duration life, String more) {
        Path program = Servers.require("pebble");
        int managementPort = FakeService.refusing();
        authority.certificate("pebble").hosts("127.0.0.1").forServers().issue().writeTo(folder, "pebble");
        try {
            Path config = Files.writeString(folder.resolve("pebble.json"), """
                    { "pebble": {
                        "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                        "certificate": "%s", "privateKey": "%s",
                        "httpPort": %d, "tlsPort": %d, "certificateValidityPeriod": %d %s } }
                    """.formatted(
                            port,
                            managementPort,
                            folder.resolve("pebble.crt"),
                            folder.resolve("pebble.key"),
                            doors.httpPort(),
                            doors.tlsPort(),
                            life.toSeconds(),
                            more));
            ProcessBuilder command = new ProcessBuilder(List.of(
                            program.toString(),
                            "-config",
                            config.toString(),
                            "-dnsserver",
                            doors.dns().address()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("pebble.log").toFile()));
            // It asks at once instead of within 15 s, and always: an answer it remembers would prove nothing.
            command.environment().putAll(Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_AUTHZREUSE", "0"));
            Pebble pebble = new Pebble(authority, folder, port, managementPort, command.start());
            pebble.awaitUp();
            return pebble;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitUp() {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> {
            try {
                return process.isAlive() && !root().isEmpty();
            } catch (UncheckedIOException _) {
                return false;
            }
        });
    }

    /// The settings that lead to it, as lines of `acme`.
    String directory() {
        return "https://127.0.0.1:" + port + "/dir";
    }

    /// Vouches for the issuer's own address, not for what it issues.
    String ca() {
        return authority.pem();
    }

    /// The root of what it issues, as PEM; another one with every start.
    String root() {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(authority.clientContext()).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + managementPort + "/roots/0"))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What it wrote about what it was asked and what it asked.
    String log() {
        try {
            return Files.readString(folder.resolve("pebble.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many certificates it issued so far.
    long issued() {
        return log().lines()
                .filter(line -> line.contains("Issued certificate serial"))
                .count();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
