package dev.gatehouse.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatehouse run` as its users have it: a process, a file, and changes of the file.
@LeavesNothingBehind
class RunTest {
    private static final int MISTAKES = 1;

    @TempDir
    Path folder;

    @Test
    void the_gateway_becomes_what_its_file_says_and_stays_what_it_was_when_the_file_is_wrong() throws IOException {
        Path file = write("one");
        try (GatewayProcess gateway = GatewayProcess.start("run", "-f", file.toString())) {
            assertThat(ask(gateway).text()).isEqualTo("one");
            assertThat(gateway.output()).contains("CONFIG   " + file + ": 1 route, 0 services");

            write("two");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(ask(gateway).text()).isEqualTo("two"));
            await().untilAsserted(() ->
                    assertThat(gateway.output()).containsPattern("config r1 → r2 applied in \\d+ ms: ~1 route"));

            Files.writeString(file, "listeners: { public: { port: 0 } }\nroute: []\n");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(gateway.output())
                            .contains("GH1001")
                            .contains("did you mean 'routes'?")
                            .contains("config not changed"));
            assertThat(ask(gateway).text()).isEqualTo("two");

            write("three");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(ask(gateway).text()).isEqualTo("three"));
        }
    }

    @Test
    void a_wrong_file_does_not_start_a_gateway() throws IOException {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, "routes:\n  - { path: /a, servce: b }\n  - { path: a, respond: { status: 200 } }\n");

        var run = GatewayProcess.run("run", "-f", file.toString());

        assertThat(run.exitCode()).isEqualTo(MISTAKES);
        assertThat(run.stderr()).contains("gateway.yaml:2").contains("did you mean 'service'?");
        assertThat(run.stdout()).doesNotContain("READY");
    }

    @Test
    void a_file_that_is_not_there_is_said_with_what_else_can_be_done() {
        var run = GatewayProcess.run("run", "-f", folder.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(MISTAKES);
        assertThat(run.stderr()).contains("there is no file").contains("gatehouse proxy");
    }

    private Path write(String says) throws IOException {
        return Files.writeString(folder.resolve("gateway.yaml"), """
                listeners: { public: { port: 0, bind: 127.0.0.1 } }
                admin: none
                routes:
                  - { path: /**, respond: { body: %s } }
                """.formatted(says));
    }

    private static RawAnswer ask(GatewayProcess gateway) {
        return RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }
}
