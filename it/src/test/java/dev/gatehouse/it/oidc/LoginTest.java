package dev.gatehouse.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A login over real sockets, at a provider by others.
class LoginTest {
    @ParameterizedTest
    @ValueSource(strings = {"cookie", "store"})
    void a_client_that_keeps_cookies_and_follows_redirects_gets_to_the_page(String keeping) throws Exception {
        try (var provider = MockProvider.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(config(provider.discovery(), service.address(), keeping))) {
            HttpClient browser = HttpClient.newBuilder()
                    .cookieHandler(new Jar())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            String shop = "http://127.0.0.1:" + gateway.port();

            HttpResponse<String> page = get(browser, shop + "/admin/menus?page=2", "text/html");

            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.uri()).isEqualTo(URI.create(shop + "/admin/menus?page=2"));
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-User-Id")).containsExactly("u7");
            assertThat(sent.headers("X-User-Roles")).containsExactly("admin");
            assertThat(sent.headers("Cookie")).isEmpty();

            assertThat(get(browser, shop + "/.gatehouse/backoffice/logout", "text/html")
                            .statusCode())
                    .isLessThan(500);
            assertThat(get(browser, shop + "/admin", "application/json").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_provider_that_is_not_there_is_503_for_logins_and_401_for_others() throws Exception {
        int nobody = FakeService.refusing();
        try (var service = FakeService.start();
                var gateway = TestGateway.from(config(
                        "http://127.0.0.1:" + nobody + "/.well-known/openid-configuration",
                        service.address(),
                        "cookie"))) {
            HttpClient client = HttpClient.newHttpClient();
            String page = "http://127.0.0.1:" + gateway.port() + "/admin";

            assertThat(get(client, page, "text/html").statusCode()).isEqualTo(503);
            assertThat(get(client, page, "application/json").statusCode()).isEqualTo(401);
        }
    }

    private static HttpResponse<String> get(HttpClient client, String url, String accept) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String config(String discovery, String service, String keeping) {
        return """
                security:
                  authentication:
                    backoffice:
                      type: oidc
                      discovery_url: %s
                      client_id: gatehouse-backoffice
                      client_secret: a-secret-that-both-of-them-know
                      roles_from: groups
                      session: { in: %s }
                services:
                  office: { instances: [ "%s" ] }
                routes:
                  - { path: /admin/**, service: office, auth: backoffice }
                """.formatted(discovery, keeping, service);
    }

    /// Keeps cookies as browsers do (RFC 6265); Java's own follows an older standard, and quotes them.
    private static final class Jar extends CookieHandler {
        private final Map<String, String> cookies = new LinkedHashMap<>();

        @Override
        public synchronized Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            String field = cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            return field.isEmpty() ? Map.of() : Map.of("Cookie", List.of(field));
        }

        @Override
        public synchronized void put(URI uri, Map<String, List<String>> headers) {
            headers.forEach((name, values) -> {
                if (name.equalsIgnoreCase("Set-Cookie")) {
                    values.forEach(this::keep);
                }
            });
        }

        private void keep(String value) {
            String pair = value.substring(0, value.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            if (value.contains("Max-Age=0;")) {
                cookies.remove(name);
            } else {
                cookies.put(name, pair.substring(name.length() + 1));
            }
        }
    }
}
