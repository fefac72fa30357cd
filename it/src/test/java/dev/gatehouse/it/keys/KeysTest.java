package dev.gatehouse.it.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.OperatedGateway;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// API keys of a running gateway: over its listener, its admin API, and `gatehouse keys`.
@LeavesNothingBehind
class KeysTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private FakeService service;
    private Gateway gateway;
    private AdminServer admin;

    @BeforeEach
    void start() throws Exception {
        service = FakeService.start();
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(
                file, """
                listeners: { public: { bind: 127.0.0.1, port: 0 } }
                admin: none
                services: { orders: { instances: [ "%s" ] } }
                security:
                  authentication:
                    partner: { type: api_key }
                    linked: { type: api_key, in: { query: key } }
                    kept: { type: api_key, in: { header: Authorization, scheme: ApiKey }, keep: true }
                    browser: { type: api_key, cookie: key }
                plans:
                  free: { rate_limit: 60/min }
                consumers:
                  acme:
                    plan: free
                    contact: api@acme.example
                    keys:
                      - { id: k_one, sha256: "%s" }
                      - { id: k_two, sha256: "%s" }
                      - { id: k_old, sha256: "%s", expires: 2020-01-01 }
                      - { id: k_new, sha256: "%s", not_before: 2999-01-01 }
                routes:
                  - { path: /orders, service: orders, auth: partner }
                  - { path: /linked, service: orders, auth: linked }
                  - { path: /kept, service: orders, auth: kept }
                  - { path: /browser, service: orders, auth: browser }
                  - { path: /either, service: orders, auth: [ partner, none ] }
                """.formatted(service.url(), sha256("one"), sha256("two"), sha256("old"), sha256("new")));
        LoadOptions options = LoadOptions.standard();
        Loaded loaded = ConfigLoader.load(file, "gateway.yaml", options);
        assertThat(loaded.diagnostics()).isEmpty();
        gateway = Gateway.start(Plan.of(loaded), List.of());
        LiveConfig live = new LiveConfig(file, options, loaded, gateway, InstantSource.system());
        OperatedGateway operated =
                new OperatedGateway(live, new RecentRequests(gateway.loops()), "1.0.0", InstantSource.system());
        admin = AdminServer.start(LOOPBACK, null, operated);
    }

    @AfterEach
    void stop() {
        admin.close();
        gateway.close();
        service.close();
    }

    // ── over the listener

    @Test
    void every_key_of_a_consumer_passes_and_none_reaches_the_service() {
        for (String key : List.of("one", "two")) {
            assertThat(get("/orders", "X-API-Key: " + key).status()).isEqualTo(200);
        }
        for (RecordedRequest request : service.awaitRequests(2)) {
            assertThat(request.header("X-API-Key")).isNull();
            assertThat(request.header("X-Consumer")).isEqualTo("acme");
        }
    }

    @Test
    void requests_are_counted_by_consumer() {
        get("/orders", "X-API-Key: one");
        get("/orders", "X-API-Key: two");
        get("/orders", "X-API-Key: nobody's");
        String line = "gatehouse_consumer_requests_total{consumer=\"acme\"} 2.0\n";
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!metrics().contains(line) && System.nanoTime() < patience) {
            Thread.onSpinWait(); // an exchange is counted once its answer is gone
        }
        assertThat(metrics()).contains(line);
    }

    @Test
    void what_is_not_taken_is_refused_with_the_same_words() {
        List<String> bodies = new ArrayList<>();
        for (String key : List.of("old", "new", "nobody's", "gh_00000000_000000000000000000000000000000000")) {
            RawAnswer answer = get("/orders", "X-API-Key: " + key);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\"");
            assertThat(answer.text())
                    .contains("API_KEY_INVALID", "Send your key in the header X-API-Key.")
                    .doesNotContain(key);
            bodies.add(answer.text().replaceAll("\"request_id\":\\s*\"[^\"]*\"", ""));
        }
        assertThat(bodies).containsOnly(bodies.getFirst());
        service.assertNothingReceived();
    }

    @Test
    void no_key_is_another_failure_than_a_wrong_one_and_several_are_none() {
        assertThat(get("/orders").text()).contains("UNAUTHENTICATED");
        assertThat(get("/orders", "X-API-Key: one", "X-API-Key: two").text()).contains("API_KEY_INVALID");
        assertThat(get("/either").status()).isEqualTo(200);
        assertThat(get("/either", "X-API-Key: nobody's").status()).isEqualTo(401);
    }

    @Test
    void a_key_may_stand_in_the_query_a_cookie_or_authorization() {
        assertThat(get("/linked?a=1&key=one&b=2").status()).isEqualTo(200);
        assertThat(get("/browser", "Cookie: a=1; key=one; b=2").status()).isEqualTo(200);
        assertThat(get("/kept", "Authorization: apikey one").status()).isEqualTo(200);
        assertThat(service.awaitRequests(3))
                .extracting(
                        RecordedRequest::target, sent -> sent.header("Cookie"), sent -> sent.header("Authorization"))
                .containsExactlyInAnyOrder(
                        tuple("/linked?a=1&b=2", null, null),
                        tuple("/browser", "a=1; b=2", null),
                        tuple("/kept", null, "apikey one"));
        assertThat(get("/kept", "Authorization: Bearer one").text()).contains("UNAUTHENTICATED");
    }

    // ── by operators

    @Test
    void a_key_is_made_used_listed_and_taken_back() {
        String key = keys("create", "acme", "-q").out().strip();
        assertThat(get("/orders", "X-API-Key: " + key).status()).isEqualTo(200);
        JsonNode listed =
                JSON.readTree(keys("list", "--json").out()).path("keys").get(4);
        assertThat(listed.path("consumer").asString()).isEqualTo("acme");
        assertThat(listed.path("source").asString()).isEqualTo("store");
        assertThat(listed.path("requests").asInt()).isEqualTo(1);
        assertThat(listed.path("last_used").isNull()).isFalse();

        String id = listed.path("id").asString();
        assertThat(keys("verify", key).out()).contains(id + " of acme  ·  plan free  ·  never expires");
        assertThat(keys("verify", "old").out()).contains("not taken: k_old of acme expired 2020-01-01T00:00:00Z");
        assertThat(keys("revoke", id).code()).isZero();
        assertThat(get("/orders", "X-API-Key: " + key).status()).isEqualTo(401);
        GatehouseCommandLine verdict = keys("verify", key);
        assertThat(verdict.out()).contains("not taken: " + id + " of acme revoked");
        assertThat(verdict.code()).isEqualTo(2);
        assertThat(keys("list").out())
                .contains(id, "revoked", "\n\n  acme, requests by all 5 keys: 1\n")
                .doesNotContain(key);
    }

    @Test
    void rolling_a_key_under_load_loses_no_request() throws Exception {
        AtomicReference<String> used =
                new AtomicReference<>(keys("create", "acme", "-q").out().strip());
        String first = used.get();
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                try (RawClient client = RawClient.connect(port())) {
                    while (!over.get()) {
                        answers.add(client.send(request("/orders", "X-API-Key: " + used.get()))
                                .readAnswer()
                                .status());
                    }
                }
            }));
        }
        for (int i = 0; i < 5; i++) {
            String id = "k_" + used.get().substring(3, 11);
            String next = keys("roll", id, "--overlap", "1h", "-q").out().strip();
            int before = answers.size();
            used.set(next);
            while (answers.size() < before + 40) {
                Thread.onSpinWait();
            }
        }
        over.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(answers).hasSizeGreaterThan(200).containsOnly(200);
        assertThat(get("/orders", "X-API-Key: " + first).status())
                .as("in the overlap")
                .isEqualTo(200);
    }

    @Test
    void a_key_that_leaked_is_rolled_without_an_overlap() {
        String leaked = keys("create", "acme", "-q").out().strip();
        assertThat(get("/orders", "X-API-Key: " + leaked).status()).isEqualTo(200);
        String next = keys("roll", "k_" + leaked.substring(3, 11), "--overlap", "0s", "-q")
                .out()
                .strip();
        assertThat(get("/orders", "X-API-Key: " + leaked).status()).isEqualTo(401);
        assertThat(get("/orders", "X-API-Key: " + next).status()).isEqualTo(200);
    }

    @Test
    void a_consumer_can_be_made_with_its_first_key() {
        String key = keys("create", "city-guide", "--plan", "free", "-q").out().strip();
        assertThat(get("/orders", "X-API-Key: " + key).status()).isEqualTo(200);
        assertThat(service.awaitRequest().header("X-Consumer")).isEqualTo("city-guide");
        JsonNode plan = admin("GET", "/api/v1/plans/free", "");
        assertThat(plan.path("consumers").toString()).isEqualTo("[\"acme\",\"city-guide\"]");
        assertThat(admin("DELETE", "/api/v1/consumers/city-guide", "")
                        .path("name")
                        .asString())
                .isEqualTo("city-guide");
        assertThat(get("/orders", "X-API-Key: " + key).status()).isEqualTo(401);
    }

    @Test
    void the_admin_api_shows_consumers_and_plans_with_their_places() {
        JsonNode acme = admin("GET", "/api/v1/consumers/acme", "");
        assertThat(acme.path("plan").asString()).isEqualTo("free");
        assertThat(acme.path("contact").asString()).isEqualTo("api@acme.example");
        assertThat(acme.path("at").asString()).isEqualTo("gateway.yaml:13:3");
        assertThat(acme.path("keys").findValuesAsString("state"))
                .containsExactly("active", "active", "expired", "pending");
        assertThat(acme.toString()).doesNotContain(sha256("one"));
        assertThat(admin("GET", "/api/v1/plans", "")
                        .at("/plans/0/allowance/rate_limit")
                        .asString())
                .startsWith("60/");
    }

    @Test
    void what_operators_get_wrong_is_told_to_them() {
        GatehouseCommandLine nobody = keys("create", "acne");
        assertThat(nobody.err()).contains("There is no consumer 'acne'. Did you mean 'acme'?");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(keys("revoke", "k_one").err()).contains("Key 'k_one' stands in the file");
        assertThat(keys("create", "acme", "--expires", "soon").code()).isEqualTo(64);
        assertThat(admin("POST", "/api/v1/consumers/acme/keys", "{\"expire\": \"90d\"}")
                        .toString())
                .contains("INVALID_REQUEST", "unknown key 'expire'", "did you mean 'expires'?");
        assertThat(admin("POST", "/api/v1/keys/k_one/roll", "{}").path("code").asString())
                .isEqualTo("OWNER_IS_FILE");
    }

    @Test
    void a_key_for_the_file_is_made_and_verified_without_a_gateway() throws IOException {
        GatehouseCommandLine made = GatehouseCommandLine.of("keys", "create", "acme", "--print", "--expires", "90d");
        String key = made.err().strip().split("\\s+", 2)[0];
        Path file = folder.resolve("other.yaml");
        Files.writeString(file, made.out() + "routes: [ { path: /**, respond: { body: hi } } ]\n");
        assertThat(made.out()).doesNotContain(key);
        GatehouseCommandLine verdict = GatehouseCommandLine.given(key + "\n", "keys", "verify", "-f", file.toString());
        assertThat(verdict.err()).isEmpty();
        assertThat(verdict.out()).contains(" of acme  ·  no plan  ·  expires ");
        assertThat(verdict.code()).isZero();
        assertThat(GatehouseCommandLine.given("nope\n", "keys", "verify", "-f", file.toString())
                        .code())
                .isEqualTo(2);
    }

    // ── as it is written here

    private RawAnswer get(String target, String... fields) {
        return RawClient.ask(port(), request(target, fields));
    }

    private static String request(String target, String... fields) {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: a\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private int port() {
        return gateway.addresses().get("public").getPort();
    }

    private GatehouseCommandLine keys(String... arguments) {
        List<String> line = new ArrayList<>(List.of("keys"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--server", "http://127.0.0.1:" + admin.address().getPort()));
        return GatehouseCommandLine.of(line.toArray(String[]::new));
    }

    private String metrics() {
        int port = admin.address().getPort();
        return RawClient.ask(port, "GET /metrics HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                .text();
    }

    private JsonNode admin(String method, String path, String body) {
        int port = admin.address().getPort();
        String fields =
                body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        RawAnswer answer = RawClient.ask(
                port, method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + fields + "\r\n" + body);
        return JSON.readTree(answer.text());
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
