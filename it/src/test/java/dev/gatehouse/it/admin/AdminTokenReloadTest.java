package dev.gatehouse.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.it.lifecycle.GatewayProcess;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens of `gatehouse token admin`, in the file of a gateway that runs.
@LeavesNothingBehind
class AdminTokenReloadTest {
    private static final Pattern ADMIN = Pattern.compile("http://localhost:(\\d+) +admin API");
    private static final String ROUTES = """
            listeners: { public: { port: 0, bind: 127.0.0.1 } }
            routes: [ { path: /**, respond: { body: hi } } ]
            """;
    private static final String WITHOUT = ROUTES + "admin: { port: 0 }\n";

    @TempDir
    Path folder;

    @Test
    void a_token_holds_with_the_reload_that_names_it_and_no_longer_than_it_stands_there() throws IOException {
        GatehouseCommandLine made = GatehouseCommandLine.of("token", "admin", "grafana", "--scope", "read");
        String token = made.err().strip().split(" ", 2)[0];
        assertThat(token).startsWith("gha_");
        assertThat(made.out()).doesNotContain(token);

        Path file = Files.writeString(folder.resolve("gateway.yaml"), WITHOUT);
        try (GatewayProcess gateway = GatewayProcess.start("run", "-f", file.toString())) {
            Matcher place = ADMIN.matcher(gateway.output());
            assertThat(place.find()).as(gateway.output()).isTrue();
            int port = Integer.parseInt(place.group(1));
            assertThat(ask(port, "GET /api/v1/routes", "").status()).isEqualTo(200);

            Files.writeString(file, ROUTES + made.out() + "  port: 0\n");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(ask(port, "GET /api/v1/routes", "").status())
                                    .isEqualTo(401));
            String shown = "Authorization: Bearer " + token + "\r\n";
            assertThat(ask(port, "GET /api/v1/routes", shown).status()).isEqualTo(200);
            RawAnswer refused = ask(port, "DELETE /api/v1/keys/k_1", shown);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("This takes the scope keys; the token 'grafana' has read.");

            Files.writeString(file, WITHOUT);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(ask(port, "GET /api/v1/routes", "").status())
                                    .isEqualTo(200));
            assertThat(gateway.output()).contains("~admin").doesNotContain("at the next start", token);
        }
    }

    private static RawAnswer ask(int port, String what, String field) {
        return RawClient.ask(port, what + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + field + "\r\n");
    }
}
