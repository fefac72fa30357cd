package dev.gatehouse.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.view.ObtainedCertificate;
import dev.gatehouse.app.admin.view.Phase;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each resource says, on loopback.
@LeavesNothingBehind
class AdminApiTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final FakeGateway gateway = new FakeGateway();
    private AdminServer admin;

    @BeforeEach
    void start() throws IOException {
        admin = AdminServer.start(new InetSocketAddress("127.0.0.1", 0), null, gateway);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void the_process_lives_whatever_its_gateway_does() {
        gateway.bug = new IllegalStateException("a loop is stuck");
        RawAnswer answer = get("/health/live");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"status\":\"up\"}\n");
    }

    @Test
    void only_a_ready_gateway_should_be_sent_requests() {
        for (Phase phase : Phase.values()) {
            gateway.phase = phase;
            RawAnswer ready = get("/health/ready");
            assertThat(ready.status()).isEqualTo(phase == Phase.READY ? 200 : 503);
            assertThat(ready.text()).isEqualTo("{\"status\":\"" + phase.word() + "\"}\n");
            assertThat(get("/health").status()).isEqualTo(ready.status());
        }
    }

    @Test
    void health_is_a_picture_of_the_gateway() {
        JsonNode health = json(get("/health"));
        assertThat(health.toString())
                .isEqualTo("{\"status\":\"ready\",\"ready\":true,\"version\":\"1.0.0\",\"revision\":\"r18\","
                        + "\"uptime_seconds\":3725,\"services\":{\"up\":1,\"down\":0},"
                        + "\"listeners\":[\"http://0.0.0.0:8080\"]}");
    }

    @Test
    void config_status_says_what_runs_and_what_was_rejected() {
        assertThat(json(get("/api/v1/config/status")).toString())
                .isEqualTo("{\"running\":{\"revision\":\"r18\",\"loaded_at\":\"2026-11-22T12:00:00Z\","
                        + "\"name\":\"shop\",\"files\":[\"gateway.yaml\"]},\"stale\":false,\"last_rejected\":null,"
                        + "\"reloads\":{\"applied\":17,\"rejected\":0}}");

        gateway.stale = true;
        JsonNode status = json(get("/api/v1/config/status"));
        assertThat(status.path("stale").asBoolean()).isTrue();
        assertThat(status.at("/last_rejected/at").asString()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(status.at("/last_rejected/diagnostics/0").toString())
                .contains("\"code\":\"GH1001\"", "\"line\":42", "\"column\":5", "\"end_column\":17", "did you mean");
    }

    @Test
    void the_running_config_is_text_with_its_revision() {
        RawAnswer answer = get("/api/v1/config");
        assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(answer.header("ETag")).isEqualTo("\"r18\"");
        assertThat(answer.text()).isEqualTo("name: shop\nstores:\n  redis: { url: \"***\" }\n");
    }

    @Test
    void routes_come_in_match_order_with_the_line_they_stand_on() {
        RawAnswer answer = get("/api/v1/routes");
        assertThat(answer.header("ETag")).isEqualTo("\"r18\"");
        assertThat(json(answer).toString())
                .isEqualTo("{\"routes\":["
                        + "{\"id\":\"GET /menus/{restaurantId}\",\"hosts\":[\"api.example\"],"
                        + "\"path\":\"/menus/{restaurantId}\",\"methods\":[\"GET\"],\"priority\":10,"
                        + "\"target\":\"menu-service\",\"at\":\"gateway.yaml:85:9\"},"
                        + "{\"id\":\"ANY /old/**\",\"hosts\":[],\"path\":\"/old/**\",\"methods\":[],\"priority\":0,"
                        + "\"target\":\"respond 403\",\"at\":null}],\"total\":2,\"next\":null}");

        JsonNode one = json(get("/api/v1/routes/GET%20%2Fmenus%2F%7BrestaurantId%7D"));
        assertThat(one.path("at").asString()).isEqualTo("gateway.yaml:85:9");
    }

    @Test
    void many_routes_come_in_pages_and_none_is_left_out() {
        gateway.routes(2_345);
        List<String> seen = new ArrayList<>();
        String page = "/api/v1/routes?limit=1000";
        for (String cursor = ""; cursor != null; ) {
            JsonNode answer = json(get(page + cursor));
            assertThat(answer.path("total").asInt()).isEqualTo(2_345);
            answer.path("routes").forEach(route -> seen.add(route.path("path").asString()));
            cursor = answer.path("next").isNull()
                    ? null
                    : "&cursor=" + answer.path("next").asString();
        }
        assertThat(seen)
                .hasSize(2_345)
                .startsWith("/r0", "/r1")
                .endsWith("/r2344")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_walk_through_routes_that_changed_has_to_start_again() {
        gateway.routes(200);
        String cursor = json(get("/api/v1/routes")).path("next").asString();
        gateway.revision = "r19";
        RawAnswer answer = get("/api/v1/routes?cursor=" + cursor);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("CONFIG_CHANGED").contains("from r18 to r19");
    }

    @Test
    void services_come_with_their_instances() {
        JsonNode service = json(get("/api/v1/services")).at("/services/0");
        assertThat(service.path("name").asString()).isEqualTo("menu-service");
        assertThat(service.path("load_balancer").asString()).isEqualTo("round_robin");
        assertThat(service.at("/instances/0").toString())
                .isEqualTo("{\"address\":\"10.0.3.11:8080\",\"weight\":1,\"backup\":false,\"state\":\"up\","
                        + "\"reason\":null,\"in_flight\":14,\"requests\":12301,\"failures\":2,"
                        + "\"last_check\":{\"status\":200,\"ms\":4,\"at\":\"2026-11-22T12:00:00Z\"}}");
        assertThat(service.path("connections").toString()).isEqualTo("{\"open\":20,\"waiting\":6}");
        assertThat(json(get("/api/v1/services/menu-service"))).isEqualTo(service);
        assertThat(json(get("/api/v1/services/menu-service/instances/%5Bfd00::1%5D:8080")))
                .isEqualTo(service.at("/instances/1"));
    }

    @Test
    void an_instance_is_drained_for_a_while_and_taken_back() {
        String instance = "/api/v1/services/menu-service/instances/10.0.3.11:8080";
        RawAnswer drained = patch(instance, "{\"state\":\"drained\",\"for\":\"10m\"}");
        assertThat(drained.status()).isEqualTo(200);
        assertThat(json(drained).path("state").asString()).isEqualTo("drained");
        assertThat(get("/api/v1/overrides").text())
                .isEqualTo("{\"overrides\":[{\"service\":\"menu-service\",\"instance\":\"10.0.3.11:8080\","
                        + "\"state\":\"drained\",\"since\":\"2026-11-22T12:00:00Z\","
                        + "\"until\":\"2026-11-22T12:10:00Z\"}]}\n");

        assertThat(patch(instance, "{\"state\":\"drained\"}").status()).isEqualTo(200);
        assertThat(json(get("/api/v1/overrides")).at("/overrides/0/until").isNull())
                .isTrue();

        assertThat(json(patch(instance, "{\"state\":\"active\"}")).path("state").asString())
                .isEqualTo("up");
        assertThat(get("/api/v1/overrides").text()).isEqualTo("{\"overrides\":[]}\n");
    }

    @Test
    void certificates_the_gateway_gets_are_listed() {
        assertThat(get("/api/v1/certificates").text()).endsWith("],\"obtained\":[]}\n");
        gateway.certificates = List.of(new ObtainedCertificate(
                List.of("shop.example"),
                "https://issuer.example/directory",
                ObtainedCertificate.State.FAILING,
                null,
                FakeGateway.NOON,
                "it cannot be reached",
                FakeGateway.NOON.plusSeconds(60)));

        assertThat(get("/api/v1/certificates").text())
                .endsWith("],\"obtained\":[{\"hosts\":[\"shop.example\"],"
                        + "\"directory\":\"https://issuer.example/directory\",\"state\":\"failing\",\"not_after\":null,"
                        + "\"last_attempt\":\"2026-11-22T12:00:00Z\",\"problem\":\"it cannot be reached\","
                        + "\"next\":\"2026-11-22T12:01:00Z\"}]}\n");
    }

    @Test
    void the_openapi_document_knows_every_resource() {
        JsonNode document = json(get("/api/v1/openapi.json"));
        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/health/live",
                        "/health/ready",
                        "/health",
                        "/metrics",
                        "/api/v1/config/status",
                        "/api/v1/config",
                        "/api/v1/routes",
                        "/api/v1/routes/{route}",
                        "/api/v1/services",
                        "/api/v1/services/{service}",
                        "/api/v1/services/{service}/instances/{instance}",
                        "/api/v1/overrides",
                        "/api/v1/certificates",
                        "/api/v1/consumers",
                        "/api/v1/consumers/{consumer}",
                        "/api/v1/consumers/{consumer}/keys",
                        "/api/v1/keys",
                        "/api/v1/keys/verify",
                        "/api/v1/keys/{key}",
                        "/api/v1/keys/{key}/roll",
                        "/api/v1/revocations",
                        "/api/v1/revocations/{kind}/{id}",
                        "/api/v1/plans",
                        "/api/v1/plans/{plan}",
                        "/api/v1/explain",
                        "/api/v1/requests",
                        "/api/v1/requests/{id}",
                        "/api/v1/traces");
        List<String> referred = document.findValuesAsString("$ref");
        assertThat(referred)
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isObject())
                        .as(ref)
                        .isTrue());
    }

    @Test
    void no_answer_is_kept_and_none_is_for_other_pages() {
        for (String path : List.of("/health/live", "/health", "/api/v1/config", "/api/v1/openapi.json", "/nowhere")) {
            RawAnswer answer = get(path);
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        }
    }

    @Test
    void a_key_that_is_sent_in_the_wrong_form_is_not_repeated() {
        String body = "{\"key\":[\"gh_hush\"]}";
        RawAnswer refused = ask("POST /api/v1/keys/verify HTTP/1.1\r\nHost: " + host()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("key: this is no text").doesNotContain("hush");
    }

    @Test
    void head_has_the_fields_of_get_and_no_body() {
        for (String path : List.of("/health/ready", "/api/v1/config", "/api/v1/services", "/nowhere")) {
            RawAnswer get = get(path);
            RawAnswer head = ask("HEAD " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
            assertThat(head.statusLine()).as(path).isEqualTo(get.statusLine());
            assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.body().length));
            assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void a_connection_serves_one_request_after_the_other() {
        try (RawClient client = RawClient.connect(admin.address().getPort())) {
            for (int i = 0; i < 3; i++) {
                client.send("GET /health/live HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_bug_is_an_answer_and_a_line_in_the_log() {
        CleanEnd.expectLog("GET /health failed");
        gateway.bug = new IllegalStateException("secret detail");
        RawAnswer answer = get("/health");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("INTERNAL_ERROR").doesNotContain("secret detail");
    }

    @Test
    void closing_does_not_wait_for_anybody() throws Exception {
        try (RawClient idle = RawClient.connect(admin.address().getPort());
                RawClient sending = RawClient.connect(admin.address().getPort())) {
            sending.send("PATCH /api/v1/services/a/instances/b HTTP/1.1\r\nHost: " + host()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            CountDownLatch closed = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                admin.close();
                closed.countDown();
            });
            assertThat(closed.await(2, TimeUnit.SECONDS)).isTrue();
            assertThat(idle.readToEnd().bytes()).isEmpty();
        }
    }

    private String host() {
        return "localhost:" + admin.address().getPort();
    }

    private RawAnswer get(String path) {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
    }

    private RawAnswer patch(String path, String body) {
        return ask("PATCH " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private RawAnswer ask(String request) {
        return RawClient.ask(admin.address().getPort(), request);
    }

    private static JsonNode json(RawAnswer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        return JSON.readTree(answer.body());
    }
}
