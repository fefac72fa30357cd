package dev.gatehouse.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tokens that operators make void before their time: by the admin API and by `gatehouse revoke`, of one gateway that
/// has the list in its memory.
@LeavesNothingBehind
class RevocationsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final JsonMapper JSON = new JsonMapper();

    /// For one answer that is remembered to be over.
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Gateway gateway;
    private AdminServer admin;

    @BeforeEach
    void start() throws Exception {
        start("revocation: { store: memory, cache: 100ms }");
        log.start();
        logger().addAppender(log);
    }

    private void start(String revocation) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, """
                listeners: { public: { bind: 127.0.0.1, port: 0 } }
                admin: none
                security:
                  authentication:
                    customer:
                      type: jwt
                      secret: "%s"
                      %s
                routes:
                  - { path: /, auth: customer, respond: { body: "{jwt.sub}" } }
                """.formatted(SignedToken.SECRET, revocation));
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
        logger().detachAppender(log);
        admin.close();
        gateway.close();
    }

    @Test
    void a_token_is_void_by_its_id_until_that_is_taken_back() {
        String gone = token("\"jti\":\"t-1\"");
        String other = token("\"jti\":\"t-2\"");
        assertThat(ask(gone)).isEqualTo(200);

        JsonNode revoked = JSON.readTree(call("POST", "", "{\"jti\":\"t-1\"}", 200));
        assertThat(revoked.path("kind").asString()).isEqualTo("jti");
        assertThat(revoked.path("stores").toString()).isEqualTo("[\"memory\"]");
        assertThat(Duration.between(
                        Instant.parse(revoked.path("revoked").asString()),
                        Instant.parse(revoked.path("until").asString())))
                .isEqualTo(Duration.ofHours(24));
        await().atMost(SOON).until(() -> ask(gone) == 401);
        assertThat(ask(other)).isEqualTo(200);

        call("DELETE", "/jti/t-1", "", 200);
        await().atMost(SOON).until(() -> ask(gone) == 200);
        assertThat(call("DELETE", "/jti/t-1", "", 404)).contains("NO_SUCH_REVOCATION", "jti 't-1' in memory");
        assertThat(lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("admin: token t-1 revoked until 2")
                        .endsWith(", by this machine"))
                .contains("admin: the revocation of token t-1 taken back, by this machine");
    }

    @Test
    void all_tokens_of_somebody_until_now_are_void_and_later_ones_are_not() {
        long now = Instant.now().getEpochSecond();
        String old = SignedToken.saying("\"sub\":\"u 1/é\",\"iat\":" + (now - 60));
        String others = SignedToken.saying("\"sub\":\"u2\",\"iat\":" + (now - 60));
        assertThat(List.of(ask(old), ask(others))).containsOnly(200);

        call("POST", "", "{\"sub\":\"u 1/\\u00e9\",\"for\":\"1h\"}", 200);

        await().atMost(SOON).until(() -> ask(old) == 401);
        assertThat(ask(others)).isEqualTo(200);
        await("whoever logs in anew, in the next second")
                .atMost(SOON)
                .until(() -> ask(SignedToken.saying(
                                "\"sub\":\"u 1/é\",\"iat\":" + Instant.now().getEpochSecond()))
                        == 200);
        assertThat(call("GET", "?kind=sub", "", 200)).contains("\"u 1/é\"");
        call("DELETE", "/sub/u%201%2F%C3%A9", "", 200);
        await().atMost(SOON).until(() -> ask(old) == 200);
    }

    @Test
    void a_token_is_void_by_itself_and_stands_nowhere() {
        String gone = token("\"jti\":\"t-1\"");
        assertThat(ask(gone)).isEqualTo(200);

        String answer = call("POST", "", "{\"token\":\"" + gone + "\"}", 200);

        await().atMost(SOON).until(() -> ask(gone) == 401);
        assertThat(answer).doesNotContain(gone.split("\\.")).contains("\"t-1\"", "\"2100-01-01T00:10:0");
        String whole = call("POST", "", "{\"jti\":\"" + gone + "\"}", 400);
        assertThat(whole).contains("looks like a whole token").doesNotContain(gone.split("\\."));
        assertThat(String.join("\n", lines())).contains("token t-1").doesNotContain(gone.split("\\."));
    }

    @Test
    void it_is_forgotten_when_its_time_is_over() {
        String token = token("\"jti\":\"t-1\"");
        assertThat(ask(token)).isEqualTo(200);
        long before = System.nanoTime();
        call("POST", "", "{\"jti\":\"t-1\",\"for\":\"2s\"}", 200);
        await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> ask(token) == 401);
        await().pollInterval(Duration.ofMillis(20)).atMost(SOON.plusSeconds(2)).until(() -> ask(token) == 200);
        assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(call("GET", "", "", 200)).contains("\"revocations\":[]");
    }

    @Test
    void the_list_is_read_a_page_at_a_time() {
        for (int i = 0; i < 5; i++) {
            call("POST", "", "{\"jti\":\"t-" + i + "\"}", 200);
        }
        call("POST", "", "{\"sub\":\"u1\"}", 200);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = JSON.readTree(call("GET", "?limit=4" + cursor, "", 200));
            assertThat(page.path("stores").toString()).isEqualTo("[\"memory\"]");
            assertThat(page.path("complete").asBoolean()).isTrue();
            page.path("revocations").forEach(one -> seen.add(one.path("id").asString()));
            cursor = page.path("next").isNull()
                    ? null
                    : "&cursor=" + page.path("next").asString();
        } while (cursor != null);
        assertThat(seen).containsExactly("t-0", "t-1", "t-2", "t-3", "t-4", "u1");

        assertThat(call("GET", "?kind=user", "", 400)).contains("expected: jti or sub");
        assertThat(call("GET", "?limit=1001", "", 400)).contains("1 to 1000");
        assertThat(call("GET", "?cursor=%C3%A9", "", 400)).contains("'next' of the page before");
        assertThat(call("POST", "", "{\"jti\":\"a\",\"store\":\"main\"}", 400))
                .contains("no revocation of the configuration names 'main' (expected: memory)");
        assertThat(call("DELETE", "/user/u1", "", 400)).contains("expected: jti or sub");
    }

    @Test
    void where_nobody_asks_nothing_can_be_revoked() throws Exception {
        admin.close();
        gateway.close();
        start("remember: 10MiB");
        assertThat(call("POST", "", "{\"jti\":\"t-1\"}", 409)).contains("NO_REVOCATION_LIST", "write 'revocation'");
        assertThat(call("DELETE", "/jti/t-1", "", 409)).contains("NO_REVOCATION_LIST");
        assertThat(call("GET", "", "", 200)).contains("\"stores\":[]");
        GatehouseCommandLine refused = revoke("", "--jti", "t-1");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("error: No authentication of the configuration asks who was revoked");
    }

    @Test
    void the_command_line_revokes_lists_and_takes_back() {
        String gone = token("\"jti\":\"t-1\"");
        GatehouseCommandLine byToken = revoke(gone + "\n", "--jwt", "-");
        assertThat(byToken.code()).isZero();
        assertThat(byToken.out()).matches("  token t-1 is void  ·  kept until 2100-01-01T00:10:0.Z  ·  in memory\n");
        await().atMost(SOON).until(() -> ask(gone) == 401);

        assertThat(revoke("", "--sub", "u7", "--for", "12h").out())
                .startsWith("  tokens of u7 are void that were issued until now  ·  kept until 2")
                .endsWith("  ·  in memory\n");
        assertThat(revoke("", "--list").out().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).matches("  jti   t-1  2.*Z  2100-01-01T00:10:0.Z  memory"));
        assertThat(revoke("", "--list", "-q").out()).isEqualTo("t-1\nu7\n");
        assertThat(JSON.readTree(revoke("", "--list", "--json").out()).path("revocations"))
                .hasSize(2);

        assertThat(revoke("", "--jti", "t-1", "--undo").out()).isEqualTo("  token t-1 is good again  ·  in memory\n");
        await().atMost(SOON).until(() -> ask(gone) == 200);
        assertThat(revoke("", "--jti", "t-1", "--undo").code()).isEqualTo(1);
        assertThat(revoke("", "--sub", "u7", "--undo", "-q").out()).isEmpty();
    }

    @Test
    void wrong_usage_is_said_and_repeats_no_token() {
        String token = token("\"jti\":\"t-1\"");
        for (String[] line : new String[][] {
            {},
            {"--jti", "a", "--sub", "b"},
            {"--jti", "a", "--for", "soon"},
            {"--list", "--undo"},
            {"--jti", "a", "--undo", "--for", "1h"},
            {"--jti", token},
            {"--jwt", token},
            {"--jwt", "-"}
        }) {
            GatehouseCommandLine refused = revoke("", line);
            assertThat(refused.code()).as(String.join(" ", line)).isEqualTo(64);
            assertThat(refused.err()).startsWith("error: ").doesNotContain(token.split("\\.")[1]);
        }
        assertThat(call("GET", "", "", 200)).contains("\"revocations\":[]");
    }

    // ── who asks

    private GatehouseCommandLine revoke(String input, String... options) {
        List<String> line = new ArrayList<>(List.of("revoke"));
        line.addAll(List.of(options));
        line.addAll(List.of("--server", "http://127.0.0.1:" + admin.address().getPort()));
        return GatehouseCommandLine.given(input, line.toArray(String[]::new));
    }

    private String call(String method, String path, String body, int expected) {
        String fields = method.equals("POST")
                ? "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
                : "";
        RawAnswer answer = RawClient.ask(
                admin.address().getPort(),
                method + " /api/v1/revocations" + path + " HTTP/1.1\r\nHost: localhost:"
                        + admin.address().getPort() + "\r\n" + fields + "\r\n" + body);
        assertThat(answer.status()).as(method + path + ": " + answer.text()).isEqualTo(expected);
        return answer.text();
    }

    private static String token(String claims) {
        return SignedToken.saying("\"sub\":\"u1\"," + claims);
    }

    private int ask(String token) {
        return RawClient.ask(
                        gateway.address().getPort(),
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .status();
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.gatehouse.app.admin");
    }
}
