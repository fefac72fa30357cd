package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Browsers are told to come by https from now on (RFC 6797), where they came by it; what is said in the clear does
/// not count, and is not said (§7.2).
@LeavesNothingBehind
class StrictTransportTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String FIELD = "Strict-Transport-Security";

    @TempDir
    Path folder;

    @Test
    void over_TLS_it_is_said_whatever_is_spoken_and_in_the_clear_it_is_not() {
        TlsDoor.shop(AUTHORITY).writeTo(folder, "shop");
        try (var service = FakeService.start();
                var gateway =
                        TestGateway.from("""
                        listeners:
                          plain: { port: 0 }
                          main:
                            port: 0
                            tls: { certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key } ] }
                        services: { shop: { instances: [ "URL" ] } }
                        defaults: { security_headers: { strict_transport_security: max-age=600 } }
                        routes: [ { path: /shop, service: shop } ]
                        """.replace("DIR", folder.toString()).replace("URL", service.url()))) {
            assertThat(answerOverTls(gateway, "--http1.1"))
                    .startsWith("HTTP/1.1 200")
                    .containsOnlyOnce("strict-transport-security: max-age=600");
            assertThat(answerOverTls(gateway, "--http2"))
                    .startsWith("HTTP/2 200")
                    .containsOnlyOnce("strict-transport-security: max-age=600");

            var clear = RawClient.ask(gateway.port("plain"), "GET /shop HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            assertThat(clear.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(clear.header(FIELD)).isNull();
        }
    }

    private String answerOverTls(TestGateway gateway, String version) {
        String place = "shop.example:" + gateway.port("main");
        String said = Subprocess.run(
                        Duration.ofSeconds(20),
                        "curl",
                        "--silent",
                        "--insecure",
                        version,
                        "--include",
                        "--resolve",
                        place + ":127.0.0.1",
                        "https://" + place + "/shop")
                .succeeded()
                .stdout();
        return said.replace(FIELD, "strict-transport-security");
    }
}
