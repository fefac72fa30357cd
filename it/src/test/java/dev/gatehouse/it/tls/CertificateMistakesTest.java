package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with certificates is told before anything runs, at the very setting.
class CertificateMistakesTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @TempDir
    Path folder;

    @BeforeEach
    void issue() {
        AUTHORITY.certificate("shop").hosts("shop.example").issue().writeTo(folder, "shop");
        AUTHORITY.certificate("other").hosts("other.example").issue().writeTo(folder, "other");
    }

    private List<Diagnostic> check(String certificate) {
        String yaml = """
            listeners:
              public:
                tls:
                  certificates:
                    - { cert: DIR/shop.crt, key: DIR/shop.key }
                    - { %s }
            routes: [ { path: /, respond: { body: hello } } ]
            """.formatted(certificate).replace("DIR", folder.toString());
        SourceFile file = new SourceFile("gateway.yaml", folder.resolve("gateway.yaml"), yaml);
        return ConfigCheck.dryRun(ConfigLoader.load(file, LoadOptions.standard())).diagnostics();
    }

    private void assertRefused(String certificate, String key, String sentence) {
        assertThat(check(certificate)).singleElement().satisfies(one -> {
            assertThat(one.code().name()).isEqualTo("GH1206");
            assertThat(one.path()).isEqualTo("listeners.public.tls.certificates[1]." + key);
            assertThat(one.span().toString()).startsWith("gateway.yaml:6:");
            assertThat(one.label()).contains(sentence);
        });
    }

    @Test
    void what_cannot_be_used_is_refused_where_it_is_written() throws Exception {
        Files.writeString(folder.resolve("nothing"), "nothing");
        Files.writeString(folder.resolve("broken"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        AUTHORITY.certificate("weak").hosts("weak.example").rsa(1024).issue().writeTo(folder, "weak");
        Files.write(folder.resolve("p12"), AUTHORITY.certificate("x").hosts("x").issue().pkcs12("secret"));

        assertRefused("cert: DIR/other.crt, key: DIR/shop.key", "key", "shop.key does not belong to the certificate in");
        assertRefused("cert: DIR/nothing, key: DIR/shop.key", "cert", "nothing is no PEM");
        assertRefused("cert: DIR/shop.key, key: DIR/shop.key", "cert", "shop.key holds no certificate but: PRIVATE KEY");
        assertRefused("cert: DIR/shop.crt, key: DIR/shop.crt", "key", "shop.crt holds no private key but: CERTIFICATE");
        assertRefused("cert: DIR/broken, key: DIR/shop.key", "cert", "certificate 1 in it is broken");
        assertRefused("cert: DIR/weak.crt, key: DIR/weak.key", "cert", "has an RSA key of 1024 bits");
        assertRefused("pkcs12: DIR/p12", "pkcs12", "cannot be opened with no password");
        assertRefused("pkcs12: DIR/p12, password: wrong", "pkcs12", "cannot be opened with this password");
        assertRefused("pkcs12: DIR/nothing, password: wrong", "pkcs12", "is no PKCS#12 file");
    }

    @Test
    void a_certificate_that_is_over_or_ends_soon_is_a_warning() {
        Instant now = Instant.now();
        AUTHORITY.certificate("old").hosts("old.example").expired().issue().writeTo(folder, "old");
        AUTHORITY
                .certificate("soon")
                .hosts("soon.example")
                .valid(now.minus(Duration.ofDays(80)), now.plus(Duration.ofDays(10)).plusSeconds(600))
                .issue()
                .writeTo(folder, "soon");
        AUTHORITY
                .certificate("later")
                .hosts("later.example")
                .valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(90)))
                .issue()
                .writeTo(folder, "later");

        assertWarned("old", "the certificate of old.example ended on ");
        assertWarned("soon", "the certificate of soon.example ends in 10 days, on ");
        assertWarned("later", "the certificate of later.example is not valid before ");
        assertThat(check("cert: DIR/other.crt, key: DIR/other.key")).isEmpty();
    }

    private void assertWarned(String name, String sentence) {
        assertThat(check("cert: DIR/%s.crt, key: DIR/%s.key".formatted(name, name)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.isError()).isFalse();
                    assertThat(one.code().name()).isEqualTo("GH2207");
                    assertThat(one.message()).startsWith(sentence);
                });
    }

    @Test
    void metrics_say_how_handshakes_went_and_how_long_certificates_hold() {
        try (var service = FakeService.handling(_ -> Answer.of(200, "hello"));
                var door = TlsDoor.open(folder, service, AUTHORITY)) {
            door.curl("shop.example").succeeded();
            door.openssl("-alpn", "imap");

            assertThat(figure(door, "gatehouse_tls_handshakes_total", "main", "TLSv1.3", "full"))
                    .isEqualTo(1);
            assertThat(figure(door, "gatehouse_tls_handshake_failures_total", "main", "no_application_protocol"))
                    .isEqualTo(1);
            assertThat(figure(door, "gatehouse_certificate_expiry_timestamp_seconds", "main", "shop.example", "ecdsa"))
                    .isGreaterThan(Instant.now().plus(Duration.ofDays(300)).getEpochSecond());
        }
    }

    private static double figure(TlsDoor door, String metric, String... labels) {
        for (MetricFamily family : door.gateway().gateway().metrics()) {
            if (family.metric().name().equals(metric)) {
                return family.rows().stream()
                        .map(MetricFamily.Figure.class::cast)
                        .filter(one -> one.values().equals(List.of(labels)))
                        .mapToDouble(MetricFamily.Figure::value)
                        .findFirst()
                        .orElseThrow();
            }
        }
        throw new AssertionError("no metric " + metric);
    }

    @Test
    void a_key_of_the_wrong_length_for_tickets_is_refused() throws Exception {
        Files.write(folder.resolve("tickets"), new byte[80]);
        try (var service = FakeService.start()) {
            assertThatThrownBy(() -> TlsDoor.open(folder, service, AUTHORITY, "session_tickets: { keys: DIR/tickets },"
                            + " certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key } ]"))
                    .hasMessageContaining("80 bytes (expected: keys of 48 bytes");
        }
    }
}
