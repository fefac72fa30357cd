package dev.gatehouse.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.FakeService;
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
            assertThat(gateway.output())
                    .contains("config: " + file + " (1 route, 0 services)")
                    .containsPattern("ANY +/\\*\\* +respond 200")
                    .containsPattern("READY in \\d+ ms   \\(config \\d+ · listeners \\d+ · JVM \\d+\\)");

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
    void mending_a_file_that_only_the_refused_configuration_includes_mends_the_gateway() throws IOException {
        Path file = write("one");
        try (GatewayProcess gateway = GatewayProcess.start("run", "-f", file.toString())) {
            Path included = Files.writeString(folder.resolve("errors.part"), "errors: { expose: nobody }\n");
            Files.writeString(file, "include: [ errors.part ]\n" + Files.readString(write("two")));
            gateway.await(said -> said.contains("config not changed"));

            Files.writeString(included, "errors: { expose: safe }\n");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(ask(gateway).text()).isEqualTo("two"));
        }
    }

    @Test
    void operators_see_the_gateway_as_it_runs_and_drain_an_instance_of_it() throws IOException {
        try (FakeService service = FakeService.start()) {
            String instance = "127.0.0.1:" + service.port();
            Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                    listeners: { public: { port: 0, bind: 127.0.0.1 } }
                    admin: { port: 0 }
                    services:
                      shop: { display_name: The shop, instances: [ "%s" ], load_balancer: { algorithm: round_robin, sticky: { cookie: at, secret: hush-hush } } }
                    routes:
                      - { path: /**, service: shop }
                    """.formatted(instance));
            try (GatewayProcess gateway = GatewayProcess.start("run", "-f", file.toString())) {
                Matcher admin =
                        Pattern.compile("(http://localhost:(\\d+)) +admin API").matcher(gateway.output());
                assertThat(admin.find()).as(gateway.output()).isTrue();
                int port = Integer.parseInt(admin.group(2));
                assertThat(ask(gateway).status()).isEqualTo(200);

                assertThat(admin(port, "GET", "/health", "")).contains("\"revision\":\"r1\"");
                assertThat(admin(port, "GET", "/api/v1/routes", "")).contains("\"path\":\"/**\"");
                assertThat(admin(port, "GET", "/api/v1/services", ""))
                        .contains("\"name\":\"shop\"", "gateway.yaml:4:3", instance, "\"requests\":1");
                assertThat(admin(port, "GET", "/api/v1/config", ""))
                        .contains("secret: \"***\"")
                        .doesNotContain("hush");

                String path = "/api/v1/services/shop/instances/" + instance;
                assertThat(admin(port, "PATCH", path, "{\"state\":\"drained\",\"for\":\"10m\"}"))
                        .contains("\"state\":\"drained\"");
                assertThat(ask(gateway).status()).isEqualTo(503);
                assertThat(GatewayProcess.run("status", "--admin", admin.group(1))
                                .stdout())
                        .contains(instance, "drained");
                admin(port, "PATCH", path, "{\"state\":\"active\"}");
                assertThat(ask(gateway).status()).isEqualTo(200);
            }
        }
    }

    private static String admin(int port, String method, String path, String body) {
        return RawClient.ask(
                        port,
                        method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port
                                + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                .text();
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
