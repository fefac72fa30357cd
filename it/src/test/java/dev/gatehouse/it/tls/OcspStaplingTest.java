package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.tls.OcspAnswers;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the issuer says of a certificate comes with the handshake: from a file, or asked for by the gateway.
class OcspStaplingTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    @TempDir
    Path folder;

    @Test
    void the_answer_in_a_file_is_stapled() throws Exception {
        TestCertificate shop = TlsDoor.shop(AUTHORITY);
        shop.writeTo(folder, "shop");
        Files.write(folder.resolve("ocsp"), new OcspAnswers(AUTHORITY).good(shop.certificate(), TOMORROW));
        try (var service = FakeService.start();
                var door = TlsDoor.open(folder, service, AUTHORITY, "certificates: [ { cert: DIR/shop.crt,"
                        + " key: DIR/shop.key, fallback: true, ocsp: DIR/ocsp } ]")) {
            assertThat(door.openssl("-status")).contains("OCSP Response Status: successful", "Cert Status: good");
            assertThat(door.openssl("-status", "-tls1_2")).contains("Cert Status: good");
        }
    }

    @Test
    void an_answer_about_another_certificate_is_refused_and_one_that_is_old_is_not_stapled() throws Exception {
        TestCertificate shop = TlsDoor.shop(AUTHORITY);
        shop.writeTo(folder, "shop");
        String tls = "certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true, ocsp: DIR/ocsp } ]";
        OcspAnswers answers = new OcspAnswers(AUTHORITY);
        try (var service = FakeService.start()) {
            Files.write(folder.resolve("ocsp"), answers.good(TlsDoor.shop(AUTHORITY).certificate(), TOMORROW));
            assertThatThrownBy(() -> TlsDoor.open(folder, service, AUTHORITY, tls))
                    .hasMessageContaining("is about another certificate");
            Files.write(folder.resolve("ocsp"), answers.revoked(shop.certificate(), TOMORROW));
            assertThatThrownBy(() -> TlsDoor.open(folder, service, AUTHORITY, tls))
                    .hasMessageContaining("is not good any more");

            Files.write(
                    folder.resolve("ocsp"),
                    answers.good(shop.certificate(), Instant.now().minus(Duration.ofMinutes(1))));
            try (var door = TlsDoor.open(folder, service, AUTHORITY, tls)) {
                assertThat(door.openssl("-status")).contains("OCSP response: no response sent");
            }
        }
    }

    @Test
    void the_gateway_asks_the_responder_itself() throws Exception {
        AtomicReference<byte[]> answer = new AtomicReference<>(OcspAnswers.tryLater());
        try (var service = FakeService.start();
                var responder = FakeService.handling(_ -> Answer.of(200, answer.get()))) {
            TestCertificate shop = AUTHORITY
                    .certificate("shop")
                    .hosts("shop.example", "127.0.0.1")
                    .ocspResponder(responder.url() + "/ocsp")
                    .issue();
            answer.set(new OcspAnswers(AUTHORITY).good(shop.certificate(), TOMORROW));
            Files.writeString(folder.resolve("shop.crt"), shop.pem() + AUTHORITY.pem());
            Files.writeString(folder.resolve("shop.key"), shop.keyPem());
            String tls = "ocsp_stapling: true, certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]";
            try (var door = TlsDoor.open(folder, service, AUTHORITY, tls)) {
                assertThat(responder.awaitRequest().header("Content-Type")).isEqualTo("application/ocsp-request");
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> door.openssl("-status").contains("Cert Status: good"));

                // What is known is not asked again after a reload.
                door.reload(tls + ", handshake_timeout: 9s");
                assertThat(door.openssl("-status")).contains("Cert Status: good");
                assertThat(responder.requestCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_responder_that_does_not_answer_hinders_nobody() throws Exception {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var responder = FakeService.handling(_ -> Answer.of(200, OcspAnswers.tryLater()))) {
            TestCertificate shop = AUTHORITY
                    .certificate("shop")
                    .hosts("shop.example", "127.0.0.1")
                    .ocspResponder(responder.url())
                    .issue();
            Files.writeString(folder.resolve("shop.crt"), shop.pem() + AUTHORITY.pem());
            Files.writeString(folder.resolve("shop.key"), shop.keyPem());
            try (var door = TlsDoor.open(folder, service, AUTHORITY, "ocsp_stapling: true, certificates: [ {"
                    + " cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]")) {
                responder.awaitRequest();
                assertThat(door.openssl("-status")).contains("OCSP response: no response sent");
                assertThat(door.curl("shop.example").succeeded().stdout()).isEqualTo("hello");
            }
        }
    }
}
