package dev.gatehouse.it.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.acme.AcmeIssuerFactory;
import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.config.AcmeConfig.Challenge;
import dev.gatehouse.engine.config.AcmeConfig.KeyType;
import dev.gatehouse.engine.config.ExternalAccountConfig;
import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.tls.acme.CertificateIssuer;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import dev.gatehouse.engine.tls.acme.IssuerStatus.State;
import dev.gatehouse.it.acme.Pebble.Doors;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeDns;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a certificate over months, with a real issuer and a clock that is moved on. In place of a gateway
/// there is a server that says what the challenges say.
@LeavesNothingBehind
class IssuerLifeTest {
    private static final Duration DAYS_90 = Duration.ofDays(90);

    @TempDir
    Path folder;

    private final Challenges challenges = new Challenges();
    private final List<IssuedCertificate> shown = new CopyOnWriteArrayList<>();
    private final MovedIssuerClock clock = new MovedIssuerClock();
    private FakeDns dns;
    private HttpServer door;

    @BeforeEach
    void open() throws Exception {
        dns = FakeDns.start()
                .knows("shop.test", Duration.ofSeconds(1), "127.0.0.1")
                .knows("www.shop.test", Duration.ofSeconds(1), "127.0.0.1");
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            String answer = challenges.answer(exchange.getRequestURI().getPath());
            byte[] body = (answer == null ? "unknown" : answer).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        door.start();
    }

    @AfterEach
    void close() {
        door.stop(0);
        dns.close();
    }

    @Test
    void a_certificate_is_renewed_when_a_third_of_its_life_is_left() {
        try (Pebble pebble = Pebble.start(folder, doors());
                CertificateIssuer issuer = issuer(config(pebble.directory(), pebble.ca(), KeyType.ECDSA, null))) {
            issuer.begin();
            awaitShown(1);
            assertThat(shown.getFirst().chain().size()).isGreaterThan(1);
            PublicKey first = shown.getFirst().certificate().getPublicKey();
            assertThat(first.getAlgorithm()).isEqualTo("EC");
            assertThat(Duration.between(clock.instant(), issuer.status().next()).toDays())
                    .isBetween(56L, 63L);

            clock.moveOn(Duration.ofDays(55));
            assertThat(issuer.status().state()).isEqualTo(State.VALID);
            assertThat(pebble.issued()).isEqualTo(1);
            // What is new is new by the issuer's clock, and by ours due already.
            CleanEnd.expectLog("is the clock right?");
            clock.moveOn(Duration.ofDays(12));
            awaitShown(2);

            assertThat(shown.get(1).certificate().getPublicKey()).isNotEqualTo(first);
            assertThat(challenges.expectsRequest()).isFalse();
        }
    }

    @Test
    void one_certificate_names_all_hosts_and_has_the_kind_of_key_that_was_asked_for() throws Exception {
        try (Pebble pebble = Pebble.start(folder, doors());
                CertificateIssuer issuer = issuer(
                        config(pebble.directory(), pebble.ca(), KeyType.RSA, null, "shop.test", "www.shop.test"))) {
            issuer.begin();
            awaitShown(1);

            assertThat(shown.getFirst().certificate().getPublicKey().getAlgorithm())
                    .isEqualTo("RSA");
            assertThat(shown.getFirst().certificate().getSubjectAlternativeNames())
                    .extracting(name -> String.valueOf(name.get(1)))
                    .containsExactlyInAnyOrder("shop.test", "www.shop.test");
        }
    }

    @Test
    void an_issuer_that_is_down_is_asked_again_until_it_is_back() {
        int port = FakeService.refusing();
        TestAuthority authority = TestAuthority.create();
        CleanEnd.expectLog("no certificate for shop.test");
        try (CertificateIssuer issuer =
                issuer(config("https://127.0.0.1:" + port + "/dir", authority.pem(), KeyType.ECDSA, null))) {
            issuer.begin();
            Awaitility.await().until(() -> issuer.status().state() == State.FAILING);
            assertThat(issuer.status().problem()).contains("ConnectException");

            try (Pebble back = Pebble.startOn(port, authority, folder, doors(), DAYS_90, "")) {
                clock.moveOn(Duration.ofSeconds(80));
                awaitShown(1);
                assertThat(back.issued()).isEqualTo(1);
            }
        }
    }

    @Test
    void what_the_issuer_found_wrong_is_told() {
        CleanEnd.expectLog("the issuer does not believe that elsewhere.test is ours");
        try (Pebble pebble = Pebble.start(folder, doors());
                CertificateIssuer issuer =
                        issuer(config(pebble.directory(), pebble.ca(), KeyType.ECDSA, null, "elsewhere.test"))) {
            issuer.begin();
            Awaitility.await().until(() -> issuer.status().state() == State.FAILING);

            assertThat(issuer.status().problem()).contains("elsewhere.test");
            assertThat(challenges.expectsRequest()).isFalse();
        }
    }

    @Test
    void an_account_is_bound_to_the_one_there_is_at_the_issuer() {
        String key = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
        String wanted =
                ", \"externalAccountBindingRequired\": true, \"externalAccountMACKeys\": { \"us\": \"" + key + "\" }";
        try (Pebble pebble = Pebble.start(folder, doors(), DAYS_90, wanted);
                CertificateIssuer issuer = issuer(
                        config(pebble.directory(), pebble.ca(), KeyType.ECDSA, new ExternalAccountConfig("us", key)))) {
            issuer.begin();
            awaitShown(1);
        }
    }

    @Test
    void an_issuer_nobody_vouches_for_is_not_talked_to() {
        CleanEnd.expectLog("no certificate for shop.test");
        try (Pebble pebble = Pebble.start(folder, doors());
                CertificateIssuer issuer =
                        issuer(config(pebble.directory(), TestAuthority.create().pem(), KeyType.ECDSA, null))) {
            issuer.begin();
            Awaitility.await().until(() -> issuer.status().state() == State.FAILING);

            assertThat(issuer.status().problem()).contains("SSLHandshakeException");
        }
    }

    @Test
    void two_gateways_on_one_folder_order_once() {
        try (Pebble pebble = Pebble.start(folder, doors());
                CertificateIssuer one = issuer(config(pebble.directory(), pebble.ca(), KeyType.ECDSA, null));
                CertificateIssuer other = issuer(config(pebble.directory(), pebble.ca(), KeyType.ECDSA, null))) {
            one.begin();
            other.begin();
            awaitShown(2);

            assertThat(shown.get(0).certificate()).isEqualTo(shown.get(1).certificate());
            assertThat(pebble.issued()).isEqualTo(1);
        }
    }

    private Doors doors() {
        return new Doors(door.getAddress().getPort(), FakeService.refusing(), dns);
    }

    private CertificateIssuer issuer(AcmeConfig config) {
        return new AcmeIssuerFactory(clock).open(config, challenges, shown::add, CounterSource.NONE);
    }

    private AcmeConfig config(
            String directory, String ca, KeyType key, @Nullable ExternalAccountConfig account, String... hosts) {
        return new AcmeConfig(
                hosts.length == 0 ? List.of("shop.test") : List.of(hosts),
                directory,
                "operator@shop.test",
                account,
                true,
                folder.resolve("acme").toString(),
                Challenge.HTTP_01,
                key,
                new Portion(0.33),
                FileContent.inline(ca));
    }

    private void awaitShown(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> shown.size() >= count);
    }
}
