package dev.gatehouse.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What operators learn about requests: those that were sent, and those that might be. And the commands that ask.
@LeavesNothingBehind
class RequestsApiTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final FakeGateway operated = new FakeGateway();
    private FakeService service;
    private TestGateway gateway;
    private AdminServer admin;

    @BeforeEach
    void start() throws IOException {
        service = FakeService.start();
        gateway = TestGateway.from("""
                runtime: { loops: 1 }
                services: { menus: { instances: [ "%s" ] } }
                routes:
                  - { path: "/menus/{id}", methods: [ GET ], service: menus }
                  - { path: /closed, respond: { status: 403 } }
                """.formatted(service.url()));
        gateway.gateway().watch(operated.recent);
        admin = AdminServer.start(new InetSocketAddress("127.0.0.1", 0), null, operated);
    }

    @AfterEach
    void stop() {
        admin.close();
        gateway.close();
        service.close();
    }

    // ── those that were sent
    // ─────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void the_newest_request_stands_first_and_says_what_became_of_it() throws IOException {
        send("GET /menus/42?key=s3cret");
        send("GET /menu/42");

        JsonNode requests = get("/api/v1/requests").path("requests");
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).path("path").asString()).isEqualTo("/menu/42");
        assertThat(requests.get(0).path("status").asInt()).isEqualTo(404);
        assertThat(requests.get(0).path("code").asString()).isEqualTo("NO_ROUTE");
        assertThat(requests.get(0).path("reason").asString()).contains("GET /menu/42");
        assertThat(requests.get(1).path("service").asString()).isEqualTo("menus");
        assertThat(requests.get(1).path("instance").asString()).isEqualTo(service.address());
        assertThat(requests.toString()).doesNotContain("s3cret");
    }

    @Test
    void a_page_leads_to_the_next_and_a_filter_leaves_out() throws IOException {
        for (int i = 0; i < 5; i++) {
            send("GET /menus/" + i);
            send("GET /nowhere/" + i);
        }
        JsonNode first = get("/api/v1/requests?filter=status==404&limit=3");
        JsonNode second = get("/api/v1/requests?filter=status==404&limit=3&cursor="
                + first.path("next").asString());
        assertThat(first.path("requests"))
                .hasSize(3)
                .allMatch(one -> one.path("status").asInt() == 404);
        assertThat(second.path("requests")).hasSize(2);
        assertThat(second.path("requests").get(1).path("path").asString()).isEqualTo("/nowhere/0");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void a_filter_that_makes_no_sense_is_refused_with_the_place() {
        RawAnswer answer = ask("GET /api/v1/requests?filter=stat==200", "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("there is no field 'stat'").contains("\"position\":1");
        assertThat(ask("GET /api/v1/requests?limit=0", "").status()).isEqualTo(400);
        assertThat(ask("GET /api/v1/requests?cursor=x", "").status()).isEqualTo(400);
        assertThat(ask("GET /api/v1/requests?limit=5", "Accept: text/event-stream\r\n")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_request_tells_its_story_by_the_end_of_its_id() throws IOException {
        String id = String.valueOf(send("POST /menus/42").header("X-Request-Id"));

        JsonNode story = get("/api/v1/requests/" + id.substring(24));
        assertThat(story.path("request").path("id").asString()).isEqualTo(id);
        assertThat(story.path("trace").path("code").asString()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(story.path("trace").path("recorded").asBoolean()).isFalse();
        assertThat(story.path("trace").path("routes").get(0).path("missed").asString())
                .isEqualTo("method is POST, needs GET or HEAD");
        assertThat(ask("GET /api/v1/requests/abcde", "").status()).isEqualTo(400);
        assertThat(ask("GET /api/v1/requests/abcdefgh", "").status()).isEqualTo(404);
        send("GET /menus/1");
        assertThat(ask("GET /api/v1/requests/" + id.substring(0, 6), "").status())
                .isEqualTo(409);
    }

    @Test
    void events_come_as_requests_end() {
        try (RawClient client = RawClient.connect(admin.address().getPort())) {
            client.send("GET /api/v1/requests?filter=path:menu HTTP/1.1\r\nHost: localhost:"
                    + admin.address().getPort() + "\r\nAccept: text/event-stream\r\n\r\n");
            assertThat(client.readThrough(": following")).contains("text/event-stream");
            send("GET /closed");
            send("GET /menus/7");

            assertThat(client.readThrough("\"traced\""))
                    .contains("event: request\ndata: {")
                    .contains("/menus/7")
                    .doesNotContain("/closed");
        }
    }

    @Test
    void a_token_is_given_out_for_a_while() throws IOException {
        JsonNode token =
                JSON.readTree(post("/api/v1/traces", "{\"for\": \"10m\"}").body());
        assertThat(token.path("header").asString()).isEqualTo("Gatehouse-Trace");
        assertThat(token.path("until").asString()).isEqualTo("2026-11-22T12:10:00Z");
        assertThat(post("/api/v1/traces", "{\"for\": \"2d\"}").status()).isEqualTo(400);
        assertThat(post("/api/v1/traces", "{}").status()).isEqualTo(400);
    }

    // ── those that might be
    // ──────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void explain_says_what_would_be_done_and_no_secret() throws IOException {
        JsonNode said = JSON.readTree(
                post("/api/v1/explain", "{\"target\": \"/menus/42?x=1\"}").body());
        assertThat(said.path("config").asString()).isEqualTo("r18 (running)");
        assertThat(said.path("trace").path("destinations").get(0).path("target").asString())
                .isEqualTo("GET /v2/42?x=1");

        RawAnswer beta = post(
                "/api/v1/explain", "{\"method\": \"POST\", \"target\": \"/beta\", \"headers\": {\"X-Key\": [\"no\"]}}");
        assertThat(beta.text()).contains("header X-Key is not '***'").doesNotContain("s3cret");
    }

    @Test
    void a_question_that_makes_no_sense_is_refused() {
        for (String body : List.of(
                "no json",
                "[]",
                "{}",
                "{\"target\": 5}",
                "{\"target\": \"/\", \"metod\": \"GET\"}",
                "{\"target\": \"/\", \"from\": \"nowhere\"}",
                "{\"target\": \"/\", \"listener\": \"nowhere\"}",
                "{\"target\": \"/\", \"headers\": {\"X\": \"a\\nb\"}}")) {
            RawAnswer answer = post("/api/v1/explain", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
        }
        assertThat(post("/api/v1/explain", "{\"target\": \"/\", \"metod\": \"GET\"}")
                        .text())
                .contains("did you mean 'method'?");
    }

    // ── the commands
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void why_shows_how_an_answer_came_about() {
        String id = String.valueOf(send("GET /menu/42").header("X-Request-Id"));

        GatehouseCommandLine said = command("why", id);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .startsWith("GET /menu/42 ")
                .contains("id " + id)
                .contains("nearest GET /menus/{id}  gateway.yaml:4  missed: 'menu' is not 'menus'")
                .contains(" answer  404 NO_ROUTE ");
        assertThat(command("why", "00000000").err()).contains("No request 00000000 is remembered.");
    }

    @Test
    void what_a_service_answered_has_no_story_unless_it_was_recorded() {
        send("GET /menus/1");
        gateway.gateway().telemetry().recordAll(true);
        String recorded = String.valueOf(send("GET /menus/2").header("X-Request-Id"));

        assertThat(command("why", recorded).out()).contains("won: the only one that fits");
        String before = operated.recent.newest(_ -> true, null, 2).getLast().id();
        assertThat(command("why", before).out())
                .contains("It was not written down")
                .contains("token trace");
    }

    @Test
    void tail_shows_requests_as_they_end() {
        CompletableFuture<GatehouseCommandLine> tail =
                CompletableFuture.supplyAsync(() -> command("tail", "status==404", "-n", "2"));
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            send("GET /nowhere");
            send("GET /menus/1");
            return tail.isDone();
        });

        GatehouseCommandLine said = tail.join();
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out().lines())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).contains(" 404 GET  /nowhere ").contains("NO_ROUTE"));
    }

    @Test
    void commands_say_who_cannot_be_reached_and_what_makes_no_sense() {
        assertThat(command("tail", "stat").code()).isEqualTo(64);
        assertThat(command("token", "trace", "--for", "5m").out()).isEqualTo("Gatehouse-Trace: token\n");
        String nobody = "http://127.0.0.1:" + FakeService.refusing();
        for (List<String> words : List.of(List.of("why", "12345678"), List.of("tail"), List.of("explain", "/x"))) {
            List<String> line = new ArrayList<>(words);
            line.addAll(List.of("--server", nobody));
            assertThat(GatehouseCommandLine.of(line.toArray(String[]::new)).code())
                    .as(line.toString())
                    .isEqualTo(69);
        }
    }

    @Test
    void explain_asks_a_running_gateway() {
        GatehouseCommandLine said = command("explain", "GET", "/menus/42");
        assertThat(said.out())
                .contains("config r18 (running)")
                .contains(" service ")
                .contains("→ 10.0.0.3:8080 (the only one)  GET /v2/42");
    }

    // ── asking
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    private GatehouseCommandLine command(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--server", "http://127.0.0.1:" + admin.address().getPort()));
        return GatehouseCommandLine.of(line.toArray(String[]::new));
    }

    /// A request through the gateway, which is over when this returns.
    private RawAnswer send(String line) {
        long before = operated.recent.newest(_ -> true, null, 1).stream()
                .mapToLong(one -> one.at().number())
                .findFirst()
                .orElse(-1);
        RawAnswer answer = RawClient.ask(gateway.port(), line + " HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> operated.recent.newest(_ -> true, null, 1).stream()
                .anyMatch(one -> one.at().number() > before));
        return answer;
    }

    private JsonNode get(String path) throws IOException {
        RawAnswer answer = ask("GET " + path, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private RawAnswer ask(String line, String fields) {
        return RawClient.ask(
                admin.address().getPort(),
                line + " HTTP/1.1\r\nHost: localhost:" + admin.address().getPort() + "\r\n" + fields + "\r\n");
    }

    private RawAnswer post(String path, String body) {
        return RawClient.ask(
                admin.address().getPort(),
                "POST " + path + " HTTP/1.1\r\nHost: localhost:"
                        + admin.address().getPort() + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }
}
