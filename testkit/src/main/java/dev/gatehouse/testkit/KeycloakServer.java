package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;

/// A real Keycloak on a free port of 127.0.0.1, with one realm, as a child process with a folder of its own.
/// The test is skipped where the distribution is not there: `.ci/run` copies it into a folder, which the
/// property `gatehouse.keycloak` names.
///
/// Its first start takes two minutes.
public final class KeycloakServer implements AutoCloseable {
    private static final Duration STARTING = Duration.ofMinutes(5);
    private static final String DISTRIBUTION = "keycloak-quarkus-dist-";

    private final Process process;
    private final Path folder;
    private final int port;

    private KeycloakServer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /// @param realm as Keycloak exports one, in JSON
    public static KeycloakServer start(String realm) {
        Path zip = distribution();
        try {
            Path folder = Files.createTempDirectory("gatehouse-keycloak-");
            Path home = unpack(zip, folder);
            Files.createDirectories(home.resolve("data/import"));
            Files.writeString(home.resolve("data/import/realm.json"), realm);
            int port = FakeService.refusing();
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            "bash",
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            KeycloakServer server = new KeycloakServer(builder.start(), folder, port);
            server.await();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path distribution() {
        String named = System.getProperty("gatehouse.keycloak", "target/keycloak");
        try (Stream<Path> files = Files.isDirectory(Path.of(named)) ? Files.list(Path.of(named)) : Stream.empty()) {
            Optional<Path> zip = files.filter(
                            file -> file.getFileName().toString().startsWith(DISTRIBUTION))
                    .findFirst();
            Assumptions.assumeTrue(
                    zip.isPresent(),
                    "there is no " + DISTRIBUTION + "….zip in " + named + ": mvn dependency:copy"
                            + " -Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip -DoutputDirectory=it/target/keycloak");
            return zip.orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the one folder that is in it
    private static Path unpack(Path zip, Path into) throws IOException {
        Path home = into;
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = into.resolve(entry.getName()).normalize();
                if (!path.startsWith(into)) {
                    throw new IOException("an entry that leads elsewhere: " + entry.getName());
                }
                home = into.resolve(into.relativize(path).getName(0));
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(entries, path);
                }
            }
        }
        return home;
    }

    private void await() {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/realms/master"))
                .timeout(Duration.ofSeconds(10))
                .build();
        boolean up = Eventually.holds(STARTING, () -> !process.isAlive() || answers(client, request));
        if (!up || !process.isAlive()) {
            String said = log();
            close();
            throw new AssertionError("Keycloak does not start:\n" + said);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Keycloak starts", e);
        }
    }

    /// `http://127.0.0.1:port`.
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Where a realm tells of itself.
    public String discovery(String realm) {
        return url() + "/realms/" + realm + "/.well-known/openid-configuration";
    }

    /// What it wrote to its log so far.
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                Subprocess.kill(process);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
