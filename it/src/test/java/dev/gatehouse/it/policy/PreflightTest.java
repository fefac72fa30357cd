package dev.gatehouse.it.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.tls.HttpsGateway;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.Subprocess;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What browsers are told of pages of other origins, over HTTP/2 and HTTP/1.1 with TLS: preflights, also those of
/// gRPC-Web, before anybody is asked who calls; and refusals that such a page can read.
@LeavesNothingBehind
class PreflightTest {
    private static final String PAGES = "https://pages.example";

    private static final String REST = """
            cors:
              origins: [ "https://pages.example" ]
              methods: [ GET, POST, DELETE ]
              headers: [ Authorization, Content-Type, X-Grpc-Web, X-User-Agent, Grpc-Timeout ]
              expose_headers: [ X-Request-Id, Grpc-Status, Grpc-Message ]
              credentials: true
              max_age: 1h
            security:
              authentication:
                people:
                  type: basic
                  users: { alice: { password: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW" } }
            services:
              shop: { instances: [ "SERVICE" ] }
              stock: { protocol: grpc, instances: [ "SERVICE" ] }
            routes:
              - { path: /orders/**, methods: [ GET, POST ], service: shop, auth: people }
              - { path: /office/**, service: shop, auth: people, require: "role:admin" }
              - { path: /counted, service: shop, auth: none, rate_limit: { per: client_ip, limit: 1/h } }
              - { path: /blocked, service: shop, auth: none, ip_rules: { deny: [ 127.0.0.0/8 ] } }
              - { path: /gone, service: shop, auth: none, headers: { request: { remove: [ Origin ] } } }
              - { grpc: shop.Stock/*, service: stock, auth: people }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_preflight_is_answered_before_anybody_is_asked_who_calls(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(version)) {
            HttpResponse<String> answer = preflight(gateway, browser, "/orders/9", "POST", "content-type");

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(field(answer, "Access-Control-Allow-Origin")).containsExactly(PAGES);
            assertThat(field(answer, "Access-Control-Allow-Credentials")).containsExactly("true");
            assertThat(field(answer, "Access-Control-Allow-Methods")).containsExactly("GET, POST, DELETE");
            assertThat(field(answer, "Access-Control-Max-Age")).containsExactly("3600");
            assertThat(field(answer, "Vary")).containsExactly("Origin");
            assertThat(field(answer, "WWW-Authenticate")).isEmpty();
            assertThat(field(answer, "Access-Control-Expose-Headers")).isEmpty();
            service.assertNothingReceived();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void chromium_may_send_what_grpc_web_needs(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(version)) {
            HttpResponse<String> answer = preflight(
                    gateway,
                    browser,
                    "/shop.Stock/GetLevel",
                    "POST",
                    "authorization,content-type,grpc-timeout,x-grpc-web,x-user-agent");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
            assertThat(field(answer, "Access-Control-Allow-Origin")).containsExactly(PAGES);
            assertThat(field(answer, "Access-Control-Allow-Headers").getFirst().toLowerCase())
                    .contains("authorization", "content-type", "grpc-timeout", "x-grpc-web", "x-user-agent");
            assertThat(field(answer, "Content-Type")).as("no answer of gRPC").isEmpty();
            assertThat(preflight(gateway, browser, "/shop.Stock/GetLevel", "DELETE", "x-grpc-web")
                            .statusCode())
                    .isEqualTo(405);
            service.assertNothingReceived();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_page_can_read_the_status_of_a_call_that_was_refused(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(version)) {
            HttpResponse<String> answer = gateway.ask(
                    browser,
                    "POST",
                    "/shop.Stock/GetLevel",
                    "Origin",
                    PAGES,
                    "Content-Type",
                    "application/grpc-web+proto",
                    "X-Grpc-Web",
                    "1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(field(answer, "Access-Control-Allow-Origin")).containsExactly(PAGES);
            assertThat(field(answer, "Access-Control-Expose-Headers").getFirst())
                    .contains("Grpc-Status", "Grpc-Message");
            assertThat(answer.body()).contains("grpc-status: 16\r\n", "UNAUTHENTICATED");
            service.assertNothingReceived();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_2,   /orders/1, '',    401",
        "HTTP_1_1, /orders/1, '',    401",
        "HTTP_2,   /orders/1, x,     401",
        "HTTP_2,   /office/1, U*U,   403",
        "HTTP_1_1, /office/1, U*U,   403",
        "HTTP_2,   /blocked,  '',    403",
        "HTTP_2,   /counted,  '',    429",
        "HTTP_1_1, /counted,  '',    429",
    })
    void refusals_can_be_read_by_pages_that_may_read_answers(Version version, String path, String password, int status)
            throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(version)) {
            if (status == 429) {
                assertThat(gateway.ask(browser, "GET", path).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> answer = from(gateway, browser, PAGES, path, password);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(field(answer, "Access-Control-Allow-Origin")).containsExactly(PAGES);
            assertThat(field(answer, "Access-Control-Allow-Credentials")).containsExactly("true");
            assertThat(field(answer, "Access-Control-Expose-Headers")).hasSize(1);
            assertThat(field(answer, "Vary")).containsExactly("Origin");

            HttpResponse<String> stranger = from(gateway, browser, "https://evil.example", path, password);
            assertThat(stranger.statusCode()).isEqualTo(status);
            assertThat(stranger.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
            assertThat(field(stranger, "Vary")).containsExactly("Origin");
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void what_a_service_says_of_pages_itself_is_replaced(Version version) throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "mine")
                        .header("Access-Control-Allow-Origin", "*")
                        .header("Access-Control-Allow-Methods", "PURGE")
                        .header("Vary", "Accept"));
                var gateway = gateway(service);
                var browser = gateway.client(version)) {
            HttpResponse<String> answer = from(gateway, browser, PAGES, "/orders/1", "U*U");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(field(answer, "Access-Control-Allow-Origin")).containsExactly(PAGES);
            assertThat(field(answer, "Access-Control-Allow-Methods")).isEmpty();
            assertThat(String.join(", ", field(answer, "Vary"))).isEqualTo("Accept, Origin");
        }
    }

    @Test
    void a_service_that_is_not_told_the_origin_leaves_the_page_its_answer() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(Version.HTTP_2)) {
            HttpResponse<String> answer = from(gateway, browser, PAGES, "/gone", "");
            assertThat(service.awaitRequest().headers("Origin")).isEmpty();
            assertThat(field(answer, "Access-Control-Allow-Origin")).containsExactly(PAGES);
        }
    }

    @Test
    void curl_and_nghttp_hear_the_same() {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            for (String version : new String[] {"--http1.1", "--http2"}) {
                String said = curl(
                        gateway,
                        version,
                        "-X",
                        "OPTIONS",
                        "-H",
                        "Origin: " + PAGES,
                        "-H",
                        "Access-Control-Request-Method: POST");
                assertThat(said).startsWith(version.equals("--http2") ? "HTTP/2 204" : "HTTP/1.1 204");
                assertThat(said.toLowerCase()).contains("access-control-allow-origin: " + PAGES + "\r\n");
            }
            Subprocess.Finished nghttp = Subprocess.run(
                    Duration.ofSeconds(20),
                    "nghttp",
                    "-v",
                    "--no-dep",
                    "-H:method: OPTIONS",
                    "-Horigin: " + PAGES,
                    "-Haccess-control-request-method: POST",
                    gateway.origin() + "/orders/9");
            assertThat(nghttp.stdout())
                    .contains(":status: 204", "access-control-allow-origin: " + PAGES)
                    .doesNotContain("RST_STREAM");
            service.assertNothingReceived();
        }
    }

    // ── as it is written here

    private HttpsGateway gateway(FakeService service) {
        return HttpsGateway.from(folder, REST.replace("SERVICE", service.address()));
    }

    private static HttpResponse<String> preflight(
            HttpsGateway gateway, HttpClient browser, String path, String method, String fields) throws Exception {
        return gateway.ask(
                browser,
                "OPTIONS",
                path,
                "Origin",
                PAGES,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                fields,
                "Sec-Fetch-Mode",
                "cors");
    }

    /// @param password of alice; empty for nobody
    private static HttpResponse<String> from(
            HttpsGateway gateway, HttpClient browser, String origin, String path, String password) throws Exception {
        List<String> fields = new ArrayList<>(List.of("Origin", origin));
        if (!password.isEmpty()) {
            String both = Base64.getEncoder().encodeToString(("alice:" + password).getBytes(UTF_8));
            fields.addAll(List.of("Authorization", "Basic " + both));
        }
        return gateway.ask(browser, "GET", path, fields.toArray(String[]::new));
    }

    private static List<String> field(HttpResponse<String> answer, String name) {
        return answer.headers().allValues(name);
    }

    private String curl(HttpsGateway gateway, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--include", "--max-time", "10", "--cacert", folder + "/ca.crt"));
        command.addAll(Arrays.asList(arguments));
        command.add(gateway.origin() + "/orders/9");
        return Subprocess.run(Duration.ofSeconds(20), command).succeeded().stdout();
    }
}
