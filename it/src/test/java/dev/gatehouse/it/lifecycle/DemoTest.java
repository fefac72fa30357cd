package dev.gatehouse.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.demo.DemoKey;
import dev.gatehouse.app.demo.identity.DemoIssuer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first minute: what a newcomer sees and does.
@LeavesNothingBehind
class DemoTest {
    private static final Pattern ADMIN = Pattern.compile("http://localhost:(\\d+) +admin API");
    private static final Pattern INSTANCE = Pattern.compile("\"instance\":\"([a-z]+-\\d)\"");
    private static final Pattern CURL = Pattern.compile("(curl .*?)\\s+# .*");

    @TempDir
    Path folder;

    @Test
    void shows_its_routes_and_answers_on_each_of_them() {
        try (GatewayProcess demo = demo()) {
            assertThat(demo.output())
                    .contains(
                            "config: built-in demo (3 services inside this process, 6 instances, an identity provider)")
                    .containsPattern("METHOD +PATH +→ +SERVICE +WHO +LIMIT")
                    .containsPattern("GET +/menus/\\{restaurantId} +menu-service +anyone, partner +by-plan")
                    .containsPattern("GET +/users/\\{userId} +user-service +customer +–")
                    .containsPattern("ANY +/orders/\\*\\* +order-service +customer +by-plan")
                    .containsPattern("READY in \\d+ ms +\\(services \\d+ · config \\d+ · listeners \\d+ · JVM \\d+\\)")
                    .doesNotContain("\u001B");

            assertThat(ask(demo, "/menus/r42").text()).contains("\"restaurant\":\"r42\"");
            assertThat(asAlice(demo, "GET", "/users/u1").text()).contains("\"name\":\"Alice Martin\"");
            assertThat(asAlice(demo, "GET", "/orders").text())
                    .contains("\"order\":\"o1001\"", "\"instance\":\"order-1\"");
            assertThat(ask(demo, "/menu/r42").text()).contains("NO_ROUTE", "GET /menus/{restaurantId}");
            assertThat(ask(demo, "/_demo/trouble").status())
                    .as("only this machine can let a service fail")
                    .isEqualTo(404);
        }
    }

    @Test
    void who_may_not_is_told_so_and_the_least_plan_is_used_up_first() {
        try (GatewayProcess demo = demo()) {
            assertThat(ask(demo, "/orders").status()).isEqualTo(401);
            assertThat(asAlice(demo, "DELETE", "/orders/o1001").status()).isEqualTo(403);
            assertThat(asAlice(demo, "GET", "/users/u2").status()).isEqualTo(403);

            List<Integer> free = IntStream.range(0, 12)
                    .mapToObj(_ -> with(demo, "GET", "/menus/r42", "X-API-Key: " + DemoKey.FREE.text())
                            .status())
                    .toList();
            assertThat(free).startsWith(200, 200, 200).endsWith(429);
            assertThat(with(demo, "GET", "/menus/r42", "X-API-Key: " + DemoKey.PRO.text())
                            .status())
                    .isEqualTo(200);

            var why = GatewayProcess.run(
                    "explain", "DELETE", "/orders/9", "--as", "u1", "--server", "http://localhost:" + adminPort(demo));
            assertThat(why.succeeded().stdout())
                    .contains("403 FORBIDDEN", "authorization.policies[0]", "needs role admin or support")
                    .contains("gatehouse explain DELETE /orders/9 --as support:s1");
        }
    }

    @Test
    void three_instances_take_turns() {
        try (GatewayProcess demo = demo()) {
            Set<String> signed = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                Matcher instance = INSTANCE.matcher(ask(demo, "/menus/r42").text());
                assertThat(instance.find()).isTrue();
                signed.add(instance.group(1));
            }
            assertThat(signed).containsExactlyInAnyOrder("menu-1", "menu-2", "menu-3");
        }
    }

    @Test
    void each_command_it_prints_can_be_pasted() {
        Servers.require("curl");
        try (GatewayProcess demo = demo()) {
            demo.await(said -> said.contains("Ctrl-C"));
            List<String> answers = demo.output()
                    .lines()
                    .map(CURL::matcher)
                    .filter(Matcher::find)
                    .map(curl -> Subprocess.run(
                                    Duration.ofSeconds(10),
                                    "/bin/sh",
                                    "-c",
                                    pasted(curl.group(1)) + " -sS --max-time 8")
                            .succeeded()
                            .stdout())
                    .toList();

            assertThat(answers).hasSize(3);
            assertThat(answers.get(0)).contains("\"restaurant\":\"r42\"", "\"instance\":\"menu-");
            assertThat(answers.get(1)).contains("\"name\":\"Alice Martin\"");
            assertThat(answers.get(2)).contains("\"restaurant\":\"r42\"");
        }
    }

    @Test
    void a_service_in_trouble_is_left_to_its_backup_and_comes_back() {
        try (GatewayProcess demo = demo()) {
            String admin = adminPort(demo);
            var chaos = GatewayProcess.run(
                    "demo", "chaos", "order-service", "--fail", "100%", "--for", "3s", "--admin", admin);
            assertThat(chaos.succeeded().stdout())
                    .contains("order-1: 100% fail")
                    .doesNotContain("order-2");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(asAlice(demo, "GET", "/orders").text()).contains("\"instance\":\"order-2\""));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(asAlice(demo, "GET", "/orders").text()).contains("\"instance\":\"order-1\""));

            var unknown = GatewayProcess.run("demo", "chaos", "menu-service#4", "--admin", admin);
            assertThat(unknown.exitCode()).isEqualTo(64);
            assertThat(unknown.stderr()).contains("#1 to #3");
        }
    }

    @Test
    void traffic_ends_by_itself_and_says_what_came_of_it() {
        try (GatewayProcess demo = demo()) {
            var traffic = GatewayProcess.run("demo", "traffic", "40/s", "--for", "1s", "--admin", adminPort(demo));

            assertThat(traffic.succeeded().stdout())
                    .contains("40 requests a second to http://127.0.0.1:" + demo.port() + " for 1 s")
                    .containsPattern("200 +28")
                    .containsPattern("201 +2")
                    .containsPattern("401 +4")
                    .containsPattern("403 +2")
                    .containsPattern("404 +4");
        }
    }

    @Test
    void a_gateway_that_is_no_demo_is_left_alone() throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                name: shop
                listeners: { public: { port: 0, bind: 127.0.0.1 } }
                admin: { port: 0 }
                routes:
                  - { path: /**, respond: { body: shop } }
                """);
        try (GatewayProcess gateway = GatewayProcess.start("run", "-f", file.toString())) {
            var traffic = GatewayProcess.run("demo", "traffic", "--admin", adminPort(gateway));

            assertThat(traffic.exitCode()).isEqualTo(1);
            assertThat(traffic.stderr()).contains("is not a demo", "'shop'");
        }
    }

    @Test
    void the_files_it_writes_run_with_its_services_and_follow_changes() throws IOException {
        Path written = folder.resolve("my-gateway");
        GatewayProcess.run("demo", "--write", written.toString(), "--port", "0").succeeded();
        var again = GatewayProcess.run("demo", "--write", written.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.stderr()).contains("gateway.yaml is there already");

        Path gateway = written.resolve("gateway.yaml");
        try (GatewayProcess services = GatewayProcess.start("demo", "services", "--first-port", "0")) {
            Files.writeString(gateway, atTheirPlaces(Files.readString(gateway), services));
            assertThat(GatewayProcess.run("check", "-f", gateway.toString()).exitCode())
                    .isZero();
            try (GatewayProcess run = GatewayProcess.start("run", "-f", gateway.toString())) {
                assertThat(ask(run, "/menus/r42").text()).contains("\"instance\":\"menu-");
                assertThat(ask(run, "/hello").status()).isEqualTo(404);

                Files.writeString(
                        gateway,
                        Files.readString(gateway)
                                .replace("routes:\n", "routes:\n  - { path: /hello, respond: { body: hello } }\n"));

                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(
                                () -> assertThat(ask(run, "/hello").text()).isEqualTo("hello"));
                run.await(said -> said.contains("+1 route"));
            }
        }
    }

    @Test
    void a_port_that_is_taken_is_said_with_its_owner_and_what_to_type() {
        try (FakeService taken = FakeService.start()) {
            var demo = GatewayProcess.run("demo", "--port", Integer.toString(taken.port()));

            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.stderr())
                    .contains("port " + taken.port() + " is in use by process")
                    .contains("gatehouse demo --port " + (taken.port() + 1));
        }
    }

    @Test
    void two_demos_side_by_side_have_an_admin_api_each() {
        try (GatewayProcess one = demo();
                GatewayProcess two = demo()) {
            assertThat(adminPort(two)).isNotEqualTo(adminPort(one));
            assertThat(two.output()).contains("9000 is taken").contains("gatehouse status --admin " + adminPort(two));
        }
    }

    @Test
    void programs_get_json_lines() {
        try (GatewayProcess demo = GatewayProcess.launch("demo", "--port", "0", "--log", "json")) {
            demo.await(said -> said.contains("\"ready_ms\""));
            assertThat(demo.output().lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("{\"time\":")
                    .contains("\"event\":\"ready\"", "\"config\":\"built-in demo\"", "\"routes\":4")
                    .endsWith("}");
            demo.terminate();
            assertThat(demo.awaitExit(Duration.ofSeconds(10))).isZero();
            assertThat(demo.output().lines()).last().asString().contains("\"event\":\"stopped\"");
        }
    }

    private static GatewayProcess demo() {
        return GatewayProcess.start("demo", "--port", "0", "--loops", "1");
    }

    private static String adminPort(GatewayProcess gateway) {
        Matcher admin = ADMIN.matcher(gateway.output());
        assertThat(admin.find()).as(gateway.output()).isTrue();
        return admin.group(1);
    }

    /// As a newcomer with other ports would edit the file.
    private static String atTheirPlaces(String text, GatewayProcess services) {
        Matcher places = Pattern.compile("http://(127\\.0\\.0\\.1:\\d+)").matcher(services.output());
        String edited = text.replace("port: 9000", "port: 0");
        for (int port = 9101; places.find(); port++) {
            edited = edited.replace("127.0.0.1:" + port, places.group(1));
        }
        return edited;
    }

    /// The command in it, which a shell would have run, was run already.
    private static String pasted(String line) {
        return line.replace("$(./gatehouse token demo --sub u1)", token());
    }

    private static String token() {
        return DemoIssuer.accessToken("u1", Set.of("customer"), Instant.now(), Duration.ofMinutes(5));
    }

    private static RawAnswer asAlice(GatewayProcess gateway, String method, String path) {
        return with(gateway, method, path, "Authorization: Bearer " + token());
    }

    private static RawAnswer with(GatewayProcess gateway, String method, String path, String field) {
        return RawClient.ask(
                gateway.port(),
                method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + field + "\r\nConnection: close\r\n\r\n");
    }

    private static RawAnswer ask(GatewayProcess gateway, String path) {
        return RawClient.ask(gateway.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }
}
