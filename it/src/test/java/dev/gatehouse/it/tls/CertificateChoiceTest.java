package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which certificate a client is shown: by the host it names, by the address it came to, by the keys it understands.
@LeavesNothingBehind
class CertificateChoiceTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String BOTH_KINDS =
            "certificates: [ { cert: DIR/ec.crt, key: DIR/ec.key }, { cert: DIR/rsa.crt, key: DIR/rsa.key } ]";

    @TempDir
    Path folder;

    private FakeService service;

    @BeforeEach
    void start() {
        service = FakeService.handling(_ -> Answer.of(200, "hello"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void issue(String file, String... hosts) {
        AUTHORITY.certificate(file).hosts(hosts).issue().writeTo(folder, file);
    }

    private static String shown(String said) {
        return said.lines()
                .filter(line -> line.startsWith("subject="))
                .findFirst()
                .orElse(said);
    }

    @Test
    void an_exact_name_goes_before_a_wildcard_and_both_before_the_fallback() {
        issue("wild", "*.shop.example");
        issue("exact", "admin.shop.example");
        issue("other", "other.example");
        try (var door = TlsDoor.open(
                folder,
                service,
                AUTHORITY,
                "certificates: [ { cert: DIR/wild.crt, key: DIR/wild.key },"
                        + " { cert: DIR/exact.crt, key: DIR/exact.key },"
                        + " { cert: DIR/other.crt, key: DIR/other.key, fallback: true } ]")) {
            assertThat(shown(door.openssl("-servername", "admin.shop.example"))).isEqualTo("subject=CN = exact");
            assertThat(shown(door.openssl("-servername", "ADMIN.shop.example"))).isEqualTo("subject=CN = exact");
            assertThat(shown(door.openssl("-servername", "www.shop.example"))).isEqualTo("subject=CN = wild");
            assertThat(shown(door.openssl("-servername", "a.b.shop.example"))).isEqualTo("subject=CN = other");
            assertThat(shown(door.openssl("-servername", "shop.example"))).isEqualTo("subject=CN = other");
            assertThat(shown(door.openssl("-noservername"))).isEqualTo("subject=CN = other");
        }
    }

    @Test
    void a_host_that_no_certificate_is_for_is_refused_by_name() {
        issue("exact", "shop.example");
        try (var door = TlsDoor.open(
                folder, service, AUTHORITY, "certificates: [ { cert: DIR/exact.crt, key: DIR/exact.key } ]")) {
            assertThat(door.openssl("-servername", "else.example")).contains("alert number 112");
            assertThat(door.openssl("-noservername")).contains("alert number 112");
            assertThat(shown(door.openssl("-servername", "shop.example"))).isEqualTo("subject=CN = exact");
            assertThat(door.handshakes().failures(HandshakeFailure.UNKNOWN_HOST))
                    .isEqualTo(2);
        }
    }

    @Test
    void who_names_no_host_is_shown_the_certificate_of_the_address() {
        issue("named", "shop.example");
        issue("address", "127.0.0.1");
        try (var door = TlsDoor.open(
                folder,
                service,
                AUTHORITY,
                "certificates: [ { cert: DIR/named.crt, key: DIR/named.key,"
                        + " fallback: true }, { cert: DIR/address.crt, key: DIR/address.key } ]")) {
            assertThat(shown(door.openssl("-noservername"))).isEqualTo("subject=CN = address");
        }
    }

    @Test
    void of_two_kinds_of_key_a_client_is_shown_one_it_understands() {
        AUTHORITY.certificate("ec").hosts("shop.example").issue().writeTo(folder, "ec");
        AUTHORITY.certificate("rsa").hosts("shop.example").rsa().issue().writeTo(folder, "rsa");
        try (var door = TlsDoor.open(folder, service, AUTHORITY, BOTH_KINDS)) {
            for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
                assertThat(shown(door.openssl("-servername", "shop.example", version)))
                        .isEqualTo("subject=CN = ec");
                assertThat(shown(door.openssl(
                                "-servername", "shop.example", version, "-sigalgs", "RSA-PSS+SHA256:RSA+SHA256")))
                        .isEqualTo("subject=CN = rsa");
                assertThat(shown(door.openssl("-servername", "shop.example", version, "-sigalgs", "ECDSA+SHA256")))
                        .isEqualTo("subject=CN = ec");
            }
            assertThat(shown(door.openssl(
                            "-servername", "shop.example", "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256")))
                    .isEqualTo("subject=CN = rsa");
        }
    }

    @Test
    void keys_are_read_as_people_have_them() throws Exception {
        AUTHORITY.certificate("rsa").hosts("rsa.example").rsa().issue().writeTo(folder, "rsa");
        AUTHORITY.certificate("ec").hosts("ec.example").issue().writeTo(folder, "ec");
        Files.write(
                folder.resolve("all.p12"),
                AUTHORITY.certificate("p12").hosts("p12.example").issue().pkcs12("secret"));
        openssl("rsa", "-traditional", "-in", "rsa.key", "-out", "rsa1.key");
        openssl("ec", "-in", "ec.key", "-out", "sec1.key");
        openssl("pkcs8", "-topk8", "-in", "ec.key", "-passout", "pass:secret", "-out", "secret.key");
        String wild = "certificates: [ { cert: DIR/rsa.crt, key: DIR/rsa1.key }, { cert: DIR/ec.crt, key: DIR/%s },"
                + " { pkcs12: DIR/all.p12, password: secret } ]";

        try (var door = TlsDoor.open(folder, service, AUTHORITY, wild.formatted("sec1.key"))) {
            assertThat(shown(door.openssl("-servername", "rsa.example"))).isEqualTo("subject=CN = rsa");
            assertThat(shown(door.openssl("-servername", "ec.example"))).isEqualTo("subject=CN = ec");
            assertThat(shown(door.openssl("-servername", "p12.example"))).isEqualTo("subject=CN = p12");

            door.reload(wild.formatted("secret.key, password: secret"));

            assertThat(shown(door.openssl("-servername", "ec.example"))).isEqualTo("subject=CN = ec");
        }
    }

    @Test
    void a_chain_in_any_order_is_shown_in_the_right_one() throws Exception {
        var shop = AUTHORITY
                .intermediate("Between")
                .certificate("shop")
                .hosts("shop.example")
                .issue();
        String pem = shop.pem();
        int second = pem.lastIndexOf("-----BEGIN");
        Files.writeString(
                folder.resolve("shop.crt"), AUTHORITY.pem() + pem.substring(second) + pem.substring(0, second));
        Files.writeString(folder.resolve("shop.key"), shop.keyPem());

        try (var door = TlsDoor.open(
                folder, service, AUTHORITY, "certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key } ]")) {
            String said = door.openssl("-servername", "shop.example", "-showcerts", "-verify_return_error");

            assertThat(said).contains("Verify return code: 0 (ok)").contains(" 0 s:CN = shop", " 1 s:CN = Between");
            assertThat(said).doesNotContain(" 2 s:");
        }
    }

    private void openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        for (String argument : arguments) {
            command.add(argument.endsWith(".key") ? folder.resolve(argument).toString() : argument);
        }
        Subprocess.run(TlsDoor.PATIENCE, command).succeeded();
    }
}
