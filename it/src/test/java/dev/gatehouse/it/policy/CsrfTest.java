package dev.gatehouse.it.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.auth.SignedToken;
import dev.gatehouse.it.tls.HttpsGateway;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that another site had a browser send, on the wire: with credentials that browsers add by themselves, and
/// with those that pages send.
@LeavesNothingBehind
class CsrfTest {
    private static final String ALICE = "Basic " + Base64.getEncoder().encodeToString("alice:U*U".getBytes(UTF_8));
    private static final String SESSION = "session=" + SignedToken.of("u1");

    private static final String REST = """
            security:
              authentication:
                visitor: { type: jwt, secret: "%s", in: { cookie: session } }
                program: { type: jwt, secret: "%s" }
                people:
                  type: basic
                  users: { alice: { password: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW" } }
                machine: { type: mtls }
            services: { office: { instances: [ "%s" ] } }
            policies: { csrf: { shop: { trusted_origins: [ "https://pages.example" ] } } }
            routes:
              - { path: /office/**, service: office, auth: [ visitor, program, people ], csrf: shop }
              - { path: /machines/**, service: office, auth: machine, csrf: shop }
              - { path: /both/**, service: office, auth: { all: [ machine, program ] }, csrf: shop }
              - { path: /own/**, service: office, auth: none, csrf: { always: true } }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_page_of_another_site_cannot_use_its_visitors_session(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(version)) {
            HttpResponse<String> refused =
                    post(gateway, browser, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example");

            assertThat(refused.version()).isEqualTo(version);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(refused.body())
                    .contains("\"code\":\"FORBIDDEN\"", "sent by a page of another site")
                    .doesNotContain(SESSION.substring(8), "evil.example");
            // Hosts beside it are other sites too, and so is a page in a sandbox; old browsers say only the origin.
            assertThat(post(gateway, browser, "Sec-Fetch-Site", "same-site").statusCode())
                    .isEqualTo(403);
            for (String origin : new String[] {
                "null",
                "https://evil.example",
                "https://localhost",
                "http://localhost:" + gateway.port(),
                gateway.origin() + ".evil.example",
                ""
            }) {
                assertThat(post(gateway, browser, "Origin", origin).statusCode())
                        .as(origin)
                        .isEqualTo(403);
            }
            service.assertNothingReceived();
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void the_gateways_own_pages_and_trusted_ones_can(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(version)) {
            String[][] passing = {
                {"Sec-Fetch-Site", "same-origin", "Origin", gateway.origin()},
                {"Sec-Fetch-Site", "none"},
                {"Sec-Fetch-Site", "cross-site", "Origin", "https://pages.example"},
                {"Origin", gateway.origin()},
                {"Origin", "https://pages.example"},
            };
            for (String[] fields : passing) {
                assertThat(post(gateway, browser, fields).statusCode())
                        .as(String.join(" ", fields))
                        .isEqualTo(200);
            }
            for (RecordedRequest sent : service.awaitRequests(passing.length)) {
                assertThat(sent.headers("X-User-Id")).containsExactly("u1");
                assertThat(sent.headers("Cookie")).as("the session").isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void who_says_no_origin_repeats_the_token_it_was_given(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = gateway.client(version)) {
            HttpResponse<String> page = gateway.ask(client, "GET", "/office/menus", "Cookie", SESSION);
            assertThat(page.statusCode()).isEqualTo(200);
            String given = page.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(given).matches("__Host-csrf=[0-9a-f]{32}; Path=/; Secure; SameSite=Lax");
            String cookie = given.substring(0, given.indexOf(';'));
            String token = cookie.substring("__Host-csrf=".length());

            HttpResponse<String> bare = post(gateway, client);
            assertThat(bare.statusCode()).isEqualTo(403);
            assertThat(bare.body()).contains("Send the value of the cookie __Host-csrf in the header X-CSRF-Token.");
            String both = SESSION + "; " + cookie;
            assertThat(gateway.ask(client, "POST", "/office/menus", "Cookie", both)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(gateway.ask(client, "POST", "/office/menus", "Cookie", both, "X-CSRF-Token", "0" + token)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(gateway.ask(client, "POST", "/office/menus", "Cookie", SESSION, "X-CSRF-Token", token)
                            .statusCode())
                    .as("without the cookie")
                    .isEqualTo(403);
            assertThat(service.requests()).hasSize(1);

            HttpResponse<String> right =
                    gateway.ask(client, "POST", "/office/menus", "Cookie", both, "X-CSRF-Token", token);
            assertThat(right.statusCode()).isEqualTo(200);
            assertThat(right.headers().allValues("Set-Cookie")).as("it has one").isEmpty();
            assertThat(gateway.ask(
                                    client,
                                    "POST",
                                    "/office/menus",
                                    "Cookie",
                                    both,
                                    "X-CSRF-Token",
                                    token,
                                    "Sec-Fetch-Site",
                                    "cross-site")
                            .statusCode())
                    .as("a token does not outweigh what a browser says")
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void passwords_and_certificates_are_sent_by_browsers_too(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(version);
                var machine = gateway.client(
                        version,
                        gateway.authority().certificate("ada").forClients().issue())) {
            String[] another = {"Authorization", ALICE, "Sec-Fetch-Site", "cross-site"};
            assertThat(gateway.ask(browser, "POST", "/office/menus", another).statusCode())
                    .isEqualTo(403);
            assertThat(gateway.ask(
                                    browser,
                                    "POST",
                                    "/office/menus",
                                    "Authorization",
                                    ALICE,
                                    "Sec-Fetch-Site",
                                    "same-origin")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.ask(machine, "POST", "/machines/1", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(gateway.ask(machine, "POST", "/machines/1", "Origin", gateway.origin())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void nothing_is_asked_of_what_pages_send_themselves(Version version) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = gateway.client(version);
                var machine = gateway.client(
                        version,
                        gateway.authority().certificate("ada").forClients().issue())) {
            for (String site : new String[] {"cross-site", "same-site", "same-origin"}) {
                HttpResponse<String> answer = gateway.ask(
                        client,
                        "POST",
                        "/office/menus",
                        "Authorization",
                        "Bearer " + SignedToken.of("u1"),
                        "Sec-Fetch-Site",
                        site,
                        "Origin",
                        "https://evil.example");
                assertThat(answer.statusCode()).as(site).isEqualTo(200);
                assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
            }
            // The certificate comes by itself, the token does not, and both are needed.
            assertThat(gateway.ask(machine, "POST", "/both/1", "Authorization", "Bearer " + SignedToken.of("u1"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void who_is_not_known_is_told_so_whatever_site_it_comes_from() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(Version.HTTP_2)) {
            assertThat(gateway.ask(browser, "POST", "/office/menus", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(gateway.ask(
                                    browser,
                                    "POST",
                                    "/office/menus",
                                    "Cookie",
                                    "session=" + SignedToken.of("u1") + "x",
                                    "Sec-Fetch-Site",
                                    "cross-site")
                            .statusCode())
                    .isEqualTo(401);
            service.assertNothingReceived();
        }
    }

    @Test
    void sessions_of_services_are_guarded_where_that_is_asked_for() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var browser = gateway.client(Version.HTTP_2)) {
            assertThat(gateway.ask(browser, "POST", "/own/x", "Cookie", "sid=1", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(gateway.ask(browser, "POST", "/own/x", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .as("nobody in particular")
                    .isEqualTo(200);
            assertThat(service.awaitRequest().headers("Cookie")).isEmpty();
        }
    }

    @Test
    void the_plain_listener_is_another_origin_than_the_one_with_tls() {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            TestGateway both = gateway.gateway();
            String host = "localhost:" + both.port("plain");
            assertThat(plain(both, "Host: " + host + "\r\nOrigin: http://" + host)
                            .status())
                    .isEqualTo(200);
            assertThat(plain(both, "Host: " + host + "\r\nOrigin: https://" + host)
                            .status())
                    .isEqualTo(403);
            // A proxy that nobody trusts makes no origin.
            assertThat(plain(both, "Host: " + host + "\r\nX-Forwarded-Proto: https\r\nOrigin: https://" + host)
                            .status())
                    .isEqualTo(403);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void a_websocket_of_another_site_is_not_opened() {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            TestGateway both = gateway.gateway();
            String host = "localhost:" + both.port("plain");
            RawAnswer refused = RawClient.ask(
                    both.port("plain"),
                    "GET /office/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: "
                            + SESSION + "\r\nOrigin: https://evil.example\r\n\r\n");
            assertThat(refused.status()).isEqualTo(403);
            service.assertNothingReceived();
        }
    }

    private HttpsGateway gateway(FakeService service) {
        return HttpsGateway.from(folder, REST.formatted(SignedToken.SECRET, SignedToken.SECRET, service.address()));
    }

    private static HttpResponse<String> post(HttpsGateway gateway, HttpClient browser, String... fields)
            throws Exception {
        String[] all = Stream.concat(Stream.of("Cookie", SESSION), Arrays.stream(fields))
                .toArray(String[]::new);
        return gateway.ask(browser, "POST", "/office/menus", all);
    }

    private static RawAnswer plain(TestGateway gateway, String fields) {
        return RawClient.ask(
                gateway.port("plain"),
                "POST /office/menus HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\nCookie: " + SESSION + "\r\n"
                        + fields + "\r\n\r\n");
    }
}
