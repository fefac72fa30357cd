package dev.gatehouse.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.KeycloakServer;
import dev.gatehouse.testkit.NginxServer;
import dev.gatehouse.testkit.TestGateway;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alice works in the back office: a real browser, a real identity provider, and this gateway between.
class KeycloakLoginTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @Test
    void alice_logs_in_with_her_browser_works_leaves_and_is_out(@TempDir Path folder) throws Exception {
        int port = FakeService.refusing();
        try (var keycloak = KeycloakServer.start(realm(port));
                var service = NginxServer.start("""
                        default_type text/html;
                        location / {
                            return 200 "<title>Back office</title><h1>Back office</h1>
                                <p>user=$http_x_user_id roles=$http_x_user_roles cookie=[$http_cookie]</p>";
                        }""");
                var gateway = TestGateway.from(config(port, keycloak, service));
                var browser = Chromium.start(folder)) {
            String shop = "http://127.0.0.1:" + gateway.port();

            // Logs in.
            browser.open(shop + "/admin/menus?page=2", "Sign in to your account");
            browser.screenshot(PICTURES.resolve("oidc-login.png"));
            logIn(browser);
            browser.waitFor("Back office");
            browser.screenshot(PICTURES.resolve("oidc-back-office.png"));
            assertThat(browser.url()).isEqualTo(shop + "/admin/menus?page=2");
            assertThat(browser.script("document.body.innerText")).contains("admin", "cookie=[]");
            assertThat(browser.script("document.cookie")).as("what scripts see").isEmpty();
            assertThat(browser.cookies()).contains("gatehouse-backoffice=").doesNotContain("-login.");

            // A script on a page is told 401 once the session is gone, and the page goes on while it is there.
            assertThat(browser.script("fetch('/admin/x').then(r => String(r.status))"))
                    .isEqualTo("200");

            // The tokens run out after 40 s, and are refreshed.
            String before = browser.cookies();
            Thread.sleep(Duration.ofSeconds(15).toMillis());
            browser.open(shop + "/admin/again", "Back office");
            assertThat(browser.cookies()).as("tokens were refreshed").isNotEqualTo(before);

            // A stolen callback is good for nothing.
            String stolen = browser.cookies();
            assertThat(status(shop + "/.gatehouse/backoffice/callback?state=abcdefgh&code=x", stolen))
                    .isEqualTo(400);

            // Leaves, here and at the provider.
            browser.open(shop + "/.gatehouse/backoffice/logout", "See you");
            assertThat(browser.url()).isEqualTo(shop + "/bye");
            assertThat(browser.cookies()).doesNotContain("gatehouse-backoffice=");
            assertThat(status(shop + "/admin", stolen))
                    .as("a copy of the cookie")
                    .isEqualTo(401);
            browser.open(shop + "/admin", "Sign in to your account");
            assertThat(browser.script("fetch('" + shop + "/admin').then(r => String(r.status), e => 'no')"))
                    .isIn("401", "no");

            // A code that was used is refused, with the very cookies it was used with.
            String login = browser.cookies();
            String code = callbackOf(browser, shop);
            assertThat(code).startsWith(shop + "/.gatehouse/backoffice/callback?");
            assertThat(status(code, login)).as("used before").isEqualTo(400);

            // An expired session leads to another login, which Keycloak remembers Alice for.
            browser.open(shop + "/admin", "Back office");
            assertThat(browser.cookies()).contains("gatehouse-backoffice=");
        }
    }

    /// Logs in, and says where Keycloak sent the browser back to.
    private static String callbackOf(Chromium browser, String shop) throws Exception {
        String form = browser.script("document.querySelector('form').action");
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(form))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", browser.cookies())
                        .POST(HttpRequest.BodyPublishers.ofString("username=alice&password=wonderland"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String callback = answer.headers().firstValue("Location").orElse(answer.statusCode() + " " + answer.body());
        browser.open(callback, "Back office");
        assertThat(browser.url()).isEqualTo(shop + "/admin");
        return callback;
    }

    private static void logIn(Chromium browser) throws Exception {
        browser.script("document.querySelector('#username').value = 'alice'");
        browser.script("document.querySelector('#password').value = 'wonderland'");
        browser.script("document.querySelector('form').submit()");
    }

    private static int status(String url, String cookies) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Cookie", cookies)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String config(int port, KeycloakServer keycloak, NginxServer service) {
        return """
                listeners: { public: { port: %d } }
                security:
                  authentication:
                    backoffice:
                      type: oidc
                      discovery_url: %s
                      client_id: gatehouse-backoffice
                      client_secret: keycloak-and-gatehouse-share-this-secret
                      scopes: [openid, profile]
                      roles_from: groups
                      after_logout: /bye
                services:
                  office: { instances: [ "%s" ] }
                routes:
                  - path: /admin/**
                    service: office
                    auth: backoffice
                  - path: /bye
                    auth: none
                    respond: { status: 200, body: "See you" }
                """.formatted(port, keycloak.discovery("shop"), service.url());
    }

    private static String realm(int port) throws Exception {
        try (InputStream file = KeycloakLoginTest.class.getResourceAsStream("/oidc/realm.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("GATEWAY_PORT", "" + port);
        }
    }
}
