package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real clients of TLS are served, in the versions that are spoken.
@LeavesNothingBehind
class TlsClientsTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void curl_is_served(String version) {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY)) {
            assertThat(door.curl("shop.example", "--tlsv" + version, "--tls-max", version)
                            .succeeded()
                            .stdout())
                    .isEqualTo("hello");
            assertThat(service.awaitRequest().header("X-Forwarded-Proto")).isEqualTo("https");
        }
    }

    @Test
    void the_client_of_the_jdk_is_served() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                var client = HttpClient.newBuilder()
                        .sslContext(AUTHORITY.clientContext())
                        .build()) {
            URI uri = URI.create("https://localhost:" + door.port() + "/");
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body())
                        .isEqualTo("hello");
            }
        }
    }

    @Test
    void a_browser_speaks_http_2() {
        String chromium = Servers.require("chromium").toString();
        String page = "<script>document.title = performance.getEntriesByType('navigation')[0].nextHopProtocol</script>";
        TlsDoor.shop(AUTHORITY).writeTo(folder, "shop");
        try (var service = FakeService.handling(_ -> Answer.of(200, page).header("Content-Type", "text/html"));
                var gateway = TestGateway.from("""
                        listeners:
                          public:
                            tls: { certificates: [ { cert: %1$s/shop.crt, key: %1$s/shop.key, fallback: true } ] }
                        routes: [ { path: "/**", service: "%2$s" } ]
                        """.formatted(folder, service.url()))) {
            String shown = Subprocess.run(
                            TlsDoor.PATIENCE,
                            chromium,
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--ignore-certificate-errors",
                            "--user-data-dir=" + folder.resolve("profile"),
                            "--dump-dom",
                            "https://localhost:" + gateway.port() + "/")
                    .succeeded()
                    .stdout();
            assertThat(shown).contains("<title>h2</title>");
        }
    }

    @Test
    void requests_follow_each_other_on_one_connection() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                var client = RawClient.over(door.connect())) {
            for (int i = 0; i < 10; i++) {
                RawAnswer answer = client.send("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                        .readAnswer();

                assertThat(answer.text()).isEqualTo("hello");
            }
        }
    }
}
