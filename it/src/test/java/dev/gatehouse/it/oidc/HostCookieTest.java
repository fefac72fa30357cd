package dev.gatehouse.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.tls.HttpsGateway;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The cookies of a login over HTTPS: of this host alone, for nobody else to read, to set or to show elsewhere.
class HostCookieTest {
    private static final String NAME = "gatehouse-backoffice";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

    private static MockProvider provider;

    @TempDir
    Path folder;

    private final FakeService service =
            FakeService.handling(_ -> Answer.of(200, "<h1>Back office</h1>").header("Content-Type", "text/html"));

    @BeforeAll
    static void startProvider() throws Exception {
        provider = MockProvider.start();
    }

    @AfterAll
    static void stopProvider() throws Exception {
        if (provider != null) {
            provider.close();
        }
    }

    /// A client that keeps cookies as browsers do and remembers all it was given.
    private static final class Visitor {
        private final HttpClient client;
        private final Map<String, String> jar = new LinkedHashMap<>();
        private final List<String> given = new ArrayList<>();

        private Visitor(HttpClient client) {
            this.client = client;
        }

        /// Follows redirects; the provider is sent no cookies.
        HttpResponse<String> open(String url, String... fields) throws Exception {
            URI next = URI.create(url);
            while (true) {
                HttpRequest.Builder request = HttpRequest.newBuilder(next).header("Accept", "text/html");
                boolean own = next.getPort() == URI.create(url).getPort();
                if (own && !jar.isEmpty()) {
                    request.header("Cookie", cookies());
                }
                if (own && fields.length > 0) {
                    request.headers(fields);
                }
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (own) {
                    answer.headers().allValues("Set-Cookie").forEach(this::keep);
                }
                if (answer.statusCode() / 100 != 3) {
                    return answer;
                }
                next = next.resolve(answer.headers().firstValue("Location").orElseThrow());
            }
        }

        private void keep(String cookie) {
            given.add(cookie);
            String name = cookie.substring(0, cookie.indexOf('='));
            if (cookie.contains("Max-Age=0")) {
                jar.remove(name);
            } else {
                jar.put(name, cookie.substring(name.length() + 1, cookie.indexOf(';')));
            }
        }

        String cookies() {
            return jar.entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .collect(Collectors.joining("; "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookie", "store"})
    void over_https_every_cookie_is_of_this_host_alone(String keeping) throws Exception {
        try (service;
                var gateway = gateway(keeping);
                var client = gateway.client(Version.HTTP_2)) {
            Visitor alice = new Visitor(client);
            assertThat(alice.open(gateway.origin() + "/admin/menus").statusCode())
                    .isEqualTo(200);

            assertThat(alice.given)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(cookie -> assertThat(cookie)
                            .startsWith("__Host-" + NAME)
                            .endsWith(ATTRIBUTES + "; Secure")
                            .doesNotContain("Domain"));
            assertThat(alice.jar).containsOnlyKeys("__Host-" + NAME);
            assertThat(service.awaitRequest().headers("X-User-Id")).containsExactly("u7");
            assertThat(service.awaitRequest().headers("Cookie")).isEmpty();

            String copy = alice.cookies();
            alice.given.clear();
            alice.open(gateway.origin() + "/.gatehouse/backoffice/logout");
            assertThat(alice.given)
                    .contains("__Host-" + NAME + "=; Max-Age=0" + ATTRIBUTES + "; Secure")
                    .allMatch(cookie -> cookie.startsWith("__Host-"));
            assertThat(status(gateway, client, copy)).as("a copy of it").isEqualTo(401);
        }
    }

    @Test
    void no_service_is_sent_it_on_any_route() throws Exception {
        try (service;
                var gateway = gateway("cookie");
                var client = gateway.client(Version.HTTP_2)) {
            Visitor alice = new Visitor(client);
            alice.open(gateway.origin() + "/admin/menus");
            String cookies = "lang=en; " + alice.cookies();

            for (String path : new String[] {"/open/1", "/either/1"}) {
                assertThat(gateway.ask(client, "GET", path, "Cookie", cookies, "Authorization", "ApiKey one")
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(service.requests())
                    .allMatch(sent -> sent.headers("Cookie").stream().noneMatch(cookie -> cookie.contains(NAME)));
            assertThat(service.requests().getLast().headers("Cookie")).containsExactly("lang=en");
        }
    }

    @Test
    void a_service_that_is_sent_the_token_of_the_login_is_sent_that_one() throws Exception {
        try (service;
                var gateway = gateway("cookie");
                var client = gateway.client(Version.HTTP_2)) {
            Visitor alice = new Visitor(client);
            assertThat(alice.open(gateway.origin() + "/lab/1").statusCode()).isEqualTo(200);
            // Her own key is not needed, and its place is taken.
            HttpResponse<String> both =
                    gateway.ask(client, "GET", "/lab/2", "Cookie", alice.cookies(), "Authorization", "ApiKey one");
            assertThat(both.statusCode()).isEqualTo(200);
            assertThat(service.requests())
                    .hasSize(2)
                    .allSatisfy(sent -> assertThat(sent.headers("Authorization"))
                            .hasSize(1)
                            .first()
                            .asString()
                            .startsWith("Bearer ey"));
        }
    }

    @Test
    void under_another_name_it_is_nothing() throws Exception {
        try (service;
                var gateway = gateway("cookie");
                var client = gateway.client(Version.HTTP_2)) {
            Visitor alice = new Visitor(client);
            alice.open(gateway.origin() + "/admin/menus");
            String value = alice.jar.get("__Host-" + NAME);
            assertThat(status(gateway, client, "__Host-" + NAME + "=" + value)).isEqualTo(200);
            int served = service.requests().size();

            // What a host beside this one could set, or a page without TLS.
            assertThat(status(gateway, client, NAME + "=" + value)).isEqualTo(401);
            assertThat(status(gateway, client, "__host-" + NAME + "=" + value)).isEqualTo(401);
            assertThat(status(gateway, client, "__Secure-" + NAME + "=" + value))
                    .isEqualTo(401);
            // Of another authentication with the very same secret.
            assertThat(gateway.ask(client, "GET", "/lab/1", "Cookie", "__Host-gatehouse-lab=" + value)
                            .statusCode())
                    .isEqualTo(401);
            // Somebody slipped in a second one.
            assertThat(status(gateway, client, "__Host-" + NAME + "=" + value + "; __Host-" + NAME + "=1.AAAA"))
                    .isEqualTo(401);
            assertThat(service.requests()).hasSize(served);
        }
    }

    @Test
    void without_tls_it_has_no_prefix_and_is_no_session_over_https() throws Exception {
        try (service;
                var gateway = gateway("cookie");
                var client = gateway.client(Version.HTTP_1_1)) {
            Visitor alice = new Visitor(client);
            String plain = "http://localhost:" + gateway.gateway().port("plain");
            assertThat(alice.open(plain + "/admin/menus").statusCode()).isEqualTo(200);
            assertThat(alice.given)
                    .allSatisfy(cookie -> assertThat(cookie)
                            .startsWith(NAME)
                            .endsWith(ATTRIBUTES)
                            .doesNotContain("Domain"));

            String value = alice.jar.get(NAME);
            assertThat(status(gateway, client, NAME + "=" + value)).isEqualTo(401);
            assertThat(alice.open(plain + "/admin/menus").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void behind_a_proxy_that_ends_tls_it_is_as_the_browser_sees_it() throws Exception {
        String listener = "listeners: { public: { forwarding: { trusted_proxies: [ %s ] } } }\n";
        try (service;
                var trusting = TestGateway.from(listener.formatted("127.0.0.0/8") + rest("cookie"));
                var doubting = TestGateway.from(listener.formatted("10.0.0.0/8") + rest("cookie"));
                var client = HttpClient.newHttpClient()) {
            for (TestGateway gateway : new TestGateway[] {trusting, doubting}) {
                HttpResponse<String> begun = client.send(
                        HttpRequest.newBuilder(URI.create(gateway.url() + "/admin"))
                                .headers("Accept", "text/html", "X-Forwarded-Proto", "https")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(begun.statusCode()).isEqualTo(302);
                boolean believed = gateway == trusting;
                assertThat(begun.headers().allValues("Set-Cookie"))
                        .isNotEmpty()
                        .allMatch(cookie -> cookie.startsWith("__Host-") == believed)
                        .allMatch(cookie -> cookie.endsWith("; Secure") == believed);
            }
        }
    }

    @Test
    void chromium_keeps_it_to_this_host_and_to_https() throws Exception {
        try (service;
                var gateway = gateway("cookie");
                var browser = Chromium.start(folder, Chromium.WITH_HOSTS_OF_TESTS)) {
            browser.open("https://shop.example:" + gateway.port() + "/admin/menus", "Back office");

            assertThat(browser.url()).isEqualTo("https://shop.example:" + gateway.port() + "/admin/menus");
            assertThat(browser.cookies()).contains("__Host-" + NAME + "=").doesNotContain("-login.");
            assertThat(browser.script("document.cookie")).as("what scripts see").isEmpty();
            String mine = browser.cookies();

            // A host below it can neither set one for it nor see it; and without TLS it is not sent.
            browser.open("https://pages.shop.example:" + gateway.port() + "/hello", "hello");
            browser.script("document.cookie = '__Host-" + NAME + "=forged; Domain=shop.example; Path=/; Secure'");
            browser.script("document.cookie = '__Host-" + NAME + "=forged; Path=/hello; Secure'");
            assertThat(browser.cookies()).isEqualTo(mine);
            assertThat(browser.script("fetch('/admin', { redirect: 'manual' }).then(r => String(r.status))"))
                    .isEqualTo("401");
            browser.open("http://shop.example:" + gateway.gateway().port("plain") + "/hello", "hello");
            assertThat(browser.script("fetch('/admin', { redirect: 'manual' }).then(r => String(r.status))"))
                    .isEqualTo("401");
        }
    }

    private HttpsGateway gateway(String keeping) {
        return HttpsGateway.from(folder, rest(keeping));
    }

    private String rest(String keeping) {
        String one = """
                      type: oidc
                      discovery_url: %s
                      client_id: gatehouse-backoffice
                      client_secret: a-secret-that-both-of-them-know
                      roles_from: groups
                      session: { in: %s }
                """.formatted(provider.discovery(), keeping);
        return """
                security:
                  authentication:
                    backoffice:
                %s    lab:
                %s      forward: access_token
                    partner: { type: api_key, in: { header: Authorization, scheme: ApiKey } }
                plans: { free: { rate_limit: 1000/min } }
                consumers:
                  acme:
                    plan: free
                    keys: [ { id: k_one, sha256: 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed } ]
                services: { office: { instances: [ "%s" ] } }
                routes:
                  - { path: /admin/**, service: office, auth: backoffice }
                  - { path: /lab/**, service: office, auth: [ lab, partner ] }
                  - { path: /open/**, service: office, auth: none }
                  - { path: /either/**, service: office, auth: [ partner, backoffice ] }
                  - { path: /hello, auth: none, respond: { body: hello } }
                """.formatted(one, one, service.address());
    }

    private static int status(HttpsGateway gateway, HttpClient client, String cookies) throws Exception {
        return gateway.ask(client, "GET", "/admin/x", "Cookie", cookies).statusCode();
    }
}
