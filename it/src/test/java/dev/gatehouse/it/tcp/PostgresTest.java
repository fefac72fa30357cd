package dev.gatehouse.it.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real PostgreSQL behind a tcp listener, asked by its own client. Skipped where there is none.
class PostgresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Where Debian keeps what only the server's own user calls.
    private static Path server(String program) {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            Optional<Path> found = versions.map(one -> one.resolve("bin").resolve(program))
                    .filter(Files::isExecutable)
                    .findFirst();
            Assumptions.assumeTrue(found.isPresent(), () -> program + " is not installed: apt-get install postgresql");
            return found.orElseThrow();
        } catch (IOException e) {
            return Servers.require(program);
        }
    }

    @Test
    void psql_works_through_the_gateway_while_the_configuration_changes(@TempDir Path folder) throws Exception {
        Path initdb = server("initdb");
        Path psql = Servers.require("psql");
        // The server refuses to run as root.
        List<String> as = System.getProperty("user.name").equals("root")
                ? List.of(Servers.require("setpriv").toString(), "--reuid=65534", "--regid=65534", "--clear-groups")
                : List.of();
        Path data = folder.resolve("data");
        Files.createDirectory(data);
        if (!as.isEmpty()) {
            Subprocess.run(PATIENCE, "chown", "-R", "65534:65534", folder.toString())
                    .succeeded();
        }
        Subprocess.run(
                        PATIENCE,
                        command(as, initdb.toString(), "-D", data.toString(), "-U", "shop", "--no-sync", "-A", "trust"))
                .succeeded();
        int port = FakeService.refusing();
        Process postgres = new ProcessBuilder(command(
                        as,
                        initdb.resolveSibling("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        "" + port,
                        "-k",
                        folder.toString(),
                        "-c",
                        "fsync=off"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        String yaml = """
                listeners:
                  db: { port: 0, type: tcp, service: db }
                  web: { port: 0 }
                services:
                  db: { instances: [ "127.0.0.1:%d" ] }
                routes: [ { path: "/r%d", respond: { status: 204 } } ]
                """;
        try (var gateway = TestGateway.from(yaml.formatted(port, 0))) {
            await().atMost(PATIENCE).until(() -> log(folder).contains("ready to accept connections"));
            String url = "postgresql://shop@127.0.0.1:" + gateway.port("db") + "/postgres?sslmode=disable";
            sql(
                    psql,
                    url,
                    "create table orders as select n, repeat('x', 500) as text from generate_series(1, 50000) n");
            Thread reloads = Thread.ofVirtual().start(() -> {
                for (int i = 1; i <= 20; i++) {
                    gateway.reload(yaml.formatted(port, i));
                }
            });
            // Some 25 MB, through the reloads, on one connection.
            assertThat(sql(psql, url, "copy orders to stdout")).hasLineCount(50_000);
            reloads.join();
            assertThat(sql(psql, url, "select count(*) from orders")).isEqualToIgnoringWhitespace("50000");
            await().until(() ->
                    gateway.gateway().telemetry().tcp().of("db", "db").open() == 0);
        } finally {
            postgres.destroy();
            postgres.waitFor();
        }
    }

    private static String sql(Path psql, String url, String statement) {
        return Subprocess.run(PATIENCE, psql.toString(), "-X", "-q", "-t", "-A", url, "-c", statement)
                .succeeded()
                .stdout();
    }

    private static List<String> command(List<String> before, String... words) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(words));
        return all;
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("log"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
