package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.lifecycle.GatewayProcess;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where BoringSSL does not load, the JDK's TLS keeps the same promises.
@LeavesNothingBehind
class JdkTlsTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String WISH = "gatehouse.tls.provider";

    @TempDir
    Path folder;

    @BeforeEach
    void without_boringssl() {
        System.setProperty(WISH, "jdk");
    }

    @AfterEach
    void as_before() {
        System.clearProperty(WISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void curl_is_served(String version) {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY)) {
            assertThat(door.curl("shop.example", "--tlsv" + version, "--tls-max", version)
                            .succeeded()
                            .stdout())
                    .isEqualTo("hello");
            String protocol = "TLSv" + version;
            assertThat(door.handshakes().full(protocol)).isEqualTo(1);
        }
    }

    @Test
    void what_is_not_spoken_is_refused() {
        AUTHORITY.certificate("ec").hosts("shop.example").issue().writeTo(folder, "ec");
        AUTHORITY.certificate("rsa").hosts("shop.example").rsa().issue().writeTo(folder, "rsa");
        try (var service = FakeService.start();
                var door = TlsDoor.open(
                        folder,
                        service,
                        AUTHORITY,
                        "certificates: [ { cert: DIR/ec.crt, key: DIR/ec.key },"
                                + " { cert: DIR/rsa.crt, key: DIR/rsa.key } ]")) {
            String[] rsa = {"-servername", "shop.example", "-sigalgs", "RSA-PSS+SHA256:RSA+SHA256"};
            assertThat(door.openssl("-servername", "shop.example")).contains("subject=CN = ec");
            assertThat(door.openssl(rsa)).contains("subject=CN = rsa");
            assertThat(door.openssl("-servername", "shop.example", "-alpn", "imap"))
                    .contains("alert number 120");
            assertThat(door.openssl("-servername", "other.example")).contains("alert number 112");
            assertThat(door.openssl("-servername", "shop.example", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"))
                    .contains("alert number 70");
            assertThat(door.openssl("-servername", "shop.example", "-tls1_2", "-cipher", "AES128-SHA:@SECLEVEL=0"))
                    .contains("alert number 40");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_client_comes_back_with_its_ticket_until_the_configuration_changes(String version) {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY)) {
            String ticket = folder + "/ticket";
            String[] first = {"-servername", "shop.example", version, "-sess_out", ticket};
            String[] again = {"-servername", "shop.example", version, "-sess_in", ticket};
            assertThat(door.ask(first)).contains("New, TLSv1.", "hello");
            assertThat(door.ask(again)).contains("Reused, TLSv1.", "hello");

            door.reload("certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key } ], handshake_timeout: 9s");

            assertThat(door.ask(again)).contains("New, TLSv1.", "hello");
        }
    }

    @Test
    void the_log_says_once_that_boringssl_is_not_there() throws Exception {
        TlsDoor.shop(AUTHORITY).writeTo(folder, "shop");
        Path file = folder.resolve("gateway.yaml");
        String yaml = """
                admin: { port: 0 }
                listeners:
                  plain: { bind: 127.0.0.1, port: 0 }
                  one: { bind: 127.0.0.1, port: 0, tls: { certificates: [ { cert: shop.crt, key: shop.key } ] } }
                  other: { bind: 127.0.0.1, port: 0, tls: { certificates: [ { cert: shop.crt, key: shop.key } ] } }
                services: { shop: { instances: [ "https://127.0.0.1:1" ] } }
                routes: [ { path: /**, service: shop } ]
                """;
        Files.writeString(file, yaml);
        List<String> without = List.of("-Dio.netty.handler.ssl.noOpenSsl=true");
        try (var gateway = GatewayProcess.start(without, "run", "-f", file.toString())) {
            Files.writeString(file, yaml.replace("/**", "/changed"));
            gateway.await(said -> said.contains("config r1 → r2 applied"));

            assertThat(gateway.output()).containsOnlyOnce("BoringSSL does not load here, the JDK's TLS is used");
        }
    }

    @Test
    void a_client_cannot_renegotiate() {
        try (var service = FakeService.start();
                var door = TlsDoor.open(folder, service, AUTHORITY)) {
            assertThat(door.renegotiate("-tls1_2")).containsAnyOf("no renegotiation", "unexpected eof");
        }
    }

    /// No longer than it has to be: until the JVM has compiled its ciphers, a megabyte takes the JDK's TLS most of
    /// a second of a processor, on each side.
    @Test
    void a_download_arrives_intact() throws Exception {
        int length = 5_000_000;
        try (var service = FakeService.script(s -> s.awaitRequest().big(length));
                var door = TlsDoor.open(folder, service, AUTHORITY);
                var client = RawClient.over(door.connect())) {
            client.send("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            client.readThrough("\r\n\r\n");

            assertThat(Arrays.equals(client.readBytes(length), BigBody.first(length)))
                    .isTrue();
        }
    }
}
