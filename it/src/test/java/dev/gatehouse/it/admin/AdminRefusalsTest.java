package dev.gatehouse.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.AdminToken;
import dev.gatehouse.app.admin.view.Phase;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the admin API does not do, and for whom.
@LeavesNothingBehind
class AdminRefusalsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final InetSocketAddress EVERYWHERE = new InetSocketAddress("0.0.0.0", 0);
    private static final String INSTANCE = "/api/v1/services/menu-service/instances/10.0.3.11:8080";
    private static final String DRAIN = "{\"state\":\"drained\"}";

    private final FakeGateway gateway = new FakeGateway();

    @Test
    void on_loopback_a_page_whose_name_was_pointed_here_gets_nothing() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            for (String path : List.of("/health/live", "/health", "/api/v1/config", "/api/v1/services", "/")) {
                RawAnswer answer = ask(admin, "GET", path, "Host: rebound.evil.example:" + port(admin));
                assertThat(answer.status()).as(path).isEqualTo(403);
                assertThat(answer.text()).contains("\"code\":\"FORBIDDEN\"").doesNotContain("r18");
            }
            assertThat(ask(admin, "GET", "/health", "Host: localhost").status()).isEqualTo(403);
            assertThat(RawClient.ask(port(admin), "GET /health HTTP/1.0\r\n\r\n")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void on_loopback_a_page_of_another_origin_changes_nothing() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            RawAnswer answer = patch(admin, INSTANCE, DRAIN, "Origin: http://evil.example");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(gateway.overrides()).isEmpty();

            RawAnswer preflight = ask(
                    admin,
                    "OPTIONS",
                    INSTANCE,
                    ours(admin),
                    "Origin: http://evil.example",
                    "Access-Control-Request-Method: PATCH");
            assertThat(preflight.status()).isEqualTo(403);
            assertThat(preflight.headers()).noneMatch(field -> field.name().startsWith("Access-Control"));

            assertThat(patch(admin, INSTANCE, DRAIN, "Origin: http://localhost:" + port(admin))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void other_machines_are_not_let_in_without_a_token() {
        assertThat(AdminServer.needsToken(EVERYWHERE)).isTrue();
        assertThatThrownBy(() -> AdminServer.start(EVERYWHERE, null, gateway))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0.0.0")
                .hasMessageContaining("token");
    }

    @Test
    void elsewhere_the_token_opens_everything_and_nothing_else_does() throws IOException {
        AdminToken token = AdminToken.random(new SecureRandom());
        try (AdminServer admin = AdminServer.start(EVERYWHERE, token, gateway)) {
            for (String path : List.of(
                    "/metrics", "/api/v1/config", "/api/v1/services", "/api/v1/openapi.json", "/nowhere", "/")) {
                RawAnswer missing = ask(admin, "GET", path, ours(admin));
                assertThat(missing.status()).as(path).isEqualTo(401);
                assertThat(missing.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"gatehouse admin\"");
                assertThat(missing.text()).contains("UNAUTHENTICATED");

                RawAnswer wrong = ask(admin, "GET", path, ours(admin), "Authorization: Bearer gha_" + "A".repeat(43));
                assertThat(wrong.status()).isEqualTo(401);
                assertThat(wrong.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
                assertThat(wrong.text()).contains("INVALID_TOKEN");
            }
            assertThat(patch(admin, INSTANCE, DRAIN).status()).isEqualTo(401);
            assertThat(gateway.overrides()).isEmpty();

            String right = "Authorization: Bearer " + token.reveal();
            assertThat(ask(admin, "GET", "/api/v1/config", "Host: gw.example", right)
                            .status())
                    .isEqualTo(200);
            assertThat(ask(admin, "GET", "/nowhere", "Host: gw.example", right).status())
                    .isEqualTo(404);
            assertThat(patch(admin, INSTANCE, DRAIN, right).status()).isEqualTo(200);
        }
    }

    @Test
    void elsewhere_a_probe_needs_no_token_and_learns_no_more_than_it_asked() throws IOException {
        AdminToken token = AdminToken.random(new SecureRandom());
        try (AdminServer admin = AdminServer.start(EVERYWHERE, token, gateway)) {
            gateway.phase = Phase.DRAINING;
            assertThat(ask(admin, "GET", "/health/live", "Host: 10.1.2.3").text())
                    .isEqualTo("{\"status\":\"up\"}\n");
            assertThat(ask(admin, "GET", "/health/ready", "Host: 10.1.2.3").text())
                    .isEqualTo("{\"status\":\"draining\"}\n");
            RawAnswer health = ask(admin, "GET", "/health", "Host: 10.1.2.3");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.text()).isEqualTo("{\"status\":\"draining\"}\n");

            String right = "Authorization: Bearer " + token.reveal();
            assertThat(ask(admin, "GET", "/health", "Host: gw.example", right).text())
                    .contains("r18");
        }
    }

    @Test
    void a_body_larger_than_1_MiB_is_refused_whether_it_says_so_or_not() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            String head =
                    "PATCH " + INSTANCE + " HTTP/1.1\r\n" + ours(admin) + "\r\nContent-Type: application/json\r\n";
            int tooMuch = (1 << 20) + 1;

            RawAnswer declared =
                    RawClient.ask(port(admin), head + "Content-Length: " + tooMuch + "\r\n\r\n" + " ".repeat(tooMuch));
            assertThat(declared.status()).isEqualTo(413);
            assertThat(declared.text()).contains("BODY_TOO_LARGE").contains("1048576");

            RawAnswer chunked = RawClient.ask(
                    port(admin),
                    head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(tooMuch) + "\r\n"
                            + " ".repeat(tooMuch) + "\r\n0\r\n\r\n");
            assertThat(chunked.status()).isEqualTo(413);

            String largest = DRAIN + " ".repeat((1 << 20) - DRAIN.length());
            assertThat(patch(admin, INSTANCE, largest).status()).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_is_not_json_is_refused() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            for (String type :
                    List.of("text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16")) {
                RawAnswer answer =
                        ask(admin, "PATCH", INSTANCE, ours(admin), "Content-Type: " + type, "Content-Length: 0");
                assertThat(answer.status()).as(type).isEqualTo(415);
                assertThat(answer.header("Accept-Patch")).isEqualTo("application/json");
            }
            assertThat(ask(admin, "PATCH", INSTANCE, ours(admin), "Content-Length: 0")
                            .status())
                    .isEqualTo(415);

            RawAnswer wrong = patch(admin, INSTANCE, "{\"state\":\"down\"}");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.text())
                    .contains("INVALID_REQUEST")
                    .contains("drained")
                    .contains("active");
            assertThat(gateway.overrides()).isEmpty();
        }
    }

    @Test
    void what_is_not_there_is_said_to_be_not_there_with_a_guess() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            notFound(get(admin, "/api/v1/services/menu-servcie"), "NO_SUCH_SERVICE", "Did you mean 'menu-service'?");
            notFound(get(admin, "/api/v1/services/x"), "NO_SUCH_SERVICE", "\"nearest\":[]");
            notFound(
                    patch(admin, "/api/v1/services/menu-service/instances/10.0.3.11:8081", DRAIN),
                    "NO_SUCH_INSTANCE",
                    "Did you mean '10.0.3.11:8080'?");
            notFound(
                    patch(admin, "/api/v1/services/menu-servce/instances/10.0.3.11:8080", DRAIN),
                    "NO_SUCH_SERVICE",
                    "Did you mean 'menu-service'?");
            notFound(get(admin, "/api/v1/routes/ANY%20%2Fodl%2F**"), "NO_SUCH_ROUTE", "Did you mean 'ANY /old/**'?");
            notFound(get(admin, "/api/v2/services"), "NOT_FOUND", "/api/v1/openapi.json");
            notFound(get(admin, "/api/v1/services/"), "NOT_FOUND", "/api/v1/openapi.json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE", "OPTIONS", "BREW"})
    void other_methods_are_refused_with_those_there_are(String method) throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            RawAnswer answer = ask(admin, method, INSTANCE, ours(admin), "Content-Length: 0");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, PATCH");
            assertThat(answer.text()).contains("METHOD_NOT_ALLOWED");
            assertThat(ask(admin, method, "/health", ours(admin)).header("Allow"))
                    .isEqualTo("GET, HEAD");
        }
    }

    @Test
    void parameters_are_checked() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            refused(get(admin, "/api/v1/routes?limt=5"), "Did you mean 'limit'?");
            refused(get(admin, "/api/v1/config?format=json"), "no parameter 'format'");
            refused(get(admin, "/api/v1/routes?limit=0"), "1 to 1000");
            refused(get(admin, "/api/v1/routes?limit=many"), "1 to 1000");
            refused(get(admin, "/api/v1/routes?limit=1&limit=2"), "twice");
            refused(get(admin, "/api/v1/routes?cursor=7"), "'next' of the page before");
            assertThat(get(admin, "/api/v1/routes?cursor=r18.999999999").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void it_is_not_a_proxy() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            assertThat(ask(admin, "GET", "http://evil.example/health", ours(admin))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void what_looks_like_a_template_is_text() throws IOException {
        try (AdminServer admin = AdminServer.start(LOOPBACK, null, gateway)) {
            RawAnswer answer = get(admin, "/api/v1/services/$%7Bjndi:ldap:%2F%2Fx%7D%3Cscript%3E");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text()).contains("'${jndi:ldap://x}<script>'");
        }
    }

    @Test
    void a_taken_port_is_named_with_who_has_it() throws IOException {
        try (FakeService taken = FakeService.start()) {
            assertThatThrownBy(() -> AdminServer.start(new InetSocketAddress("127.0.0.1", taken.port()), null, gateway))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.port() + " is in use by process");
        }
    }

    private static void notFound(RawAnswer answer, String code, String saying) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"").contains(saying);
    }

    private static void refused(RawAnswer answer, String saying) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("INVALID_REQUEST").contains(saying);
    }

    private static int port(AdminServer admin) {
        return admin.address().getPort();
    }

    private static String ours(AdminServer admin) {
        return "Host: localhost:" + port(admin);
    }

    private static RawAnswer get(AdminServer admin, String path) {
        return ask(admin, "GET", path, ours(admin));
    }

    private static RawAnswer patch(AdminServer admin, String path, String body, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return RawClient.ask(
                port(admin),
                "PATCH " + path + " HTTP/1.1\r\n" + ours(admin) + "\r\nContent-Type: application/json\r\n" + more
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static RawAnswer ask(AdminServer admin, String method, String target, String... fields) {
        return RawClient.ask(
                port(admin), method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", fields) + "\r\n\r\n");
    }
}
