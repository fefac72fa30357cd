package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.it.lifecycle.GatewayProcess;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates are replaced while clients come and go: nobody is refused for it, and a bad pair changes nothing.
@LeavesNothingBehind
class CertificateSwapTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String SHOP = "certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]";

    /// `-Dgatehouse.swap.seconds=60 -Dgatehouse.swap.rate=500` is the promise of the product.
    private static final int SECONDS = Integer.getInteger("gatehouse.swap.seconds", 6);

    private static final int RATE = Integer.getInteger("gatehouse.swap.rate", 60);
    private static final int CLIENTS = 10;

    @TempDir
    Path folder;

    private FakeService service;

    @BeforeEach
    void start() {
        service = FakeService.handling(_ -> Answer.of(200, "hello"));
        TlsDoor.shop(AUTHORITY).writeTo(folder, "shop");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static BigInteger serial(SSLSocket connection) throws IOException {
        return ((X509Certificate) connection.getSession().getPeerCertificates()[0]).getSerialNumber();
    }

    @Test
    void connections_from_a_reload_on_are_shown_the_new_certificate_and_older_ones_live_on() throws Exception {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP);
                SSLSocket before = door.connect();
                var old = RawClient.over(before)) {
            old.send("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n").readAnswer();
            var next = TlsDoor.shop(AUTHORITY);
            next.writeTo(folder, "shop");
            door.reload(SHOP);

            try (SSLSocket after = door.connect()) {
                assertThat(serial(after)).isEqualTo(next.certificate().getSerialNumber());
            }
            assertThat(old.send("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                            .readAnswer()
                            .text())
                    .isEqualTo("hello");
        }
    }

    @Test
    void a_key_that_belongs_to_another_certificate_changes_nothing() throws Exception {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP);
                SSLSocket before = door.connect()) {
            TlsDoor.shop(AUTHORITY).writeTo(folder, "other");

            assertThatThrownBy(() -> door.reload(SHOP.replace("shop.key", "other.key")))
                    .hasMessageContaining("other.key does not belong to the certificate in")
                    .hasMessageContaining("GH1206")
                    .hasMessageContaining("gateway.yaml:5:");

            try (SSLSocket after = door.connect()) {
                assertThat(serial(after)).isEqualTo(serial(before));
            }
        }
    }

    @Test
    void no_handshake_fails_while_the_certificate_is_replaced_every_second() throws Exception {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Set<BigInteger> seen = ConcurrentHashMap.newKeySet();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        int swaps = 0;
        long handshakes;
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP, 2)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofPlatform().start(() -> comeAndGo(door, end, seen, failures)));
            }
            while (System.nanoTime() < end) {
                TlsDoor.shop(AUTHORITY).writeTo(folder, "shop");
                door.reload(SHOP);
                swaps++;
                Thread.sleep(1000);
            }
            for (Thread client : clients) {
                client.join();
            }
            handshakes = door.handshakes().full("TLSv1.3");
        }
        assertThat(failures).isEmpty();
        assertThat(seen).hasSizeGreaterThan(swaps / 2);
        System.out.printf("%d handshakes, %d certificates, %d failures%n", handshakes, swaps, failures.size());
    }

    @Test
    void new_files_are_seen_by_a_gateway_that_nobody_told_and_no_handshake_fails() throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                admin: { port: 0 }
                listeners:
                  main:
                    bind: 127.0.0.1
                    port: 0
                    tls: { certificates: [ { pkcs12: shop.p12, password: secret, fallback: true } ] }
                routes: [ { path: /**, respond: { body: hello } } ]
                """);
        BigInteger first = replace();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Set<BigInteger> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean ends = new AtomicBoolean();
        try (GatewayProcess gateway = GatewayProcess.start("run", "-f", file.toString())) {
            int port = securePort(gateway);
            Thread client = Thread.ofPlatform().start(() -> {
                while (!ends.get()) {
                    try (SSLSocket socket = (SSLSocket)
                            AUTHORITY.clientContext().getSocketFactory().createSocket("127.0.0.1", port)) {
                        socket.startHandshake();
                        seen.add(serial(socket));
                    } catch (IOException e) {
                        failures.add(e);
                    }
                }
            });
            try {
                awaitSight(seen, first);
                for (int i = 0; i < 3; i++) {
                    awaitSight(seen, replace());
                }
            } finally {
                ends.set(true);
                client.join();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(seen).hasSize(4);
    }

    private static void awaitSight(Set<BigInteger> seen, BigInteger serial) {
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains(serial));
    }

    /// Puts a new certificate and its key in the place of the old ones, in one go.
    private BigInteger replace() throws IOException {
        var next = TlsDoor.shop(AUTHORITY);
        Path beside = Files.write(folder.resolve("next.p12"), next.pkcs12("secret"));
        Files.move(beside, folder.resolve("shop.p12"), StandardCopyOption.ATOMIC_MOVE);
        return next.certificate().getSerialNumber();
    }

    private static int securePort(GatewayProcess gateway) {
        Matcher found = Pattern.compile("LISTEN +https://\\S+?:(\\d+)").matcher(gateway.output());
        assertThat(found.find()).as(gateway.output()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /// A tenth of the connections, each new, at an even pace.
    private static void comeAndGo(
            TlsDoor door, long end, Set<BigInteger> seen, ConcurrentLinkedQueue<Throwable> failures) {
        long pause = Duration.ofSeconds(1).toNanos() * CLIENTS / RATE;
        long next = System.nanoTime();
        while (System.nanoTime() < end) {
            try (SSLSocket connection = door.connect();
                    var client = RawClient.over(connection)) {
                seen.add(serial(connection));
                String answer = client.send("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                        .readAnswer()
                        .text();
                if (!answer.equals("hello")) {
                    failures.add(new AssertionError(answer));
                }
                next += pause;
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
                failures.add(e);
            }
        }
    }
}
