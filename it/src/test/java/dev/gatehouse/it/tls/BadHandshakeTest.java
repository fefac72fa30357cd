package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who does not speak TLS as it should be spoken is refused with the alert that says why, soon and without harm to
/// anybody else.
@LeavesNothingBehind
class BadHandshakeTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String SHOP = "certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key, fallback: true } ]";

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

    // ── what is not spoken
    // ───────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void old_versions_are_refused(String version) {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            // Without its own caution openssl would not even ask.
            assertThat(door.openssl(version, "-cipher", "ALL:@SECLEVEL=0")).contains("alert number 70");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.3, 1.3, -tls1_2",
        "1.2, 1.2, -tls1_3",
    })
    void a_version_that_the_listener_leaves_out_is_refused(String min, String max, String version) {
        try (var door = TlsDoor.open(
                folder, service, AUTHORITY, SHOP + ", min_version: '%s', max_version: '%s'".formatted(min, max))) {
            assertThat(door.openssl(version)).contains("alert number 70");
            assertThat(door.openssl()).contains("Verify return code: 0 (ok)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECDHE-ECDSA-AES128-SHA",
                "ECDHE-ECDSA-AES256-SHA384",
                "AES128-GCM-SHA256",
                "DHE-RSA-AES128-GCM-SHA256",
                "aNULL"
            })
    void suites_without_aead_or_forward_secrecy_are_refused(String suite) {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            assertThat(door.openssl("-tls1_2", "-cipher", suite + ":@SECLEVEL=0")).contains("alert number 40");
            // HTTP/2 forbids them too (RFC 9113 Appendix A).
            assertThat(door.openssl("-tls1_2", "-alpn", "h2,http/1.1", "-cipher", suite + ":@SECLEVEL=0"))
                    .contains("alert number 40");
        }
    }

    @Test
    void only_the_suites_that_are_written_are_spoken() {
        try (var door = TlsDoor.open(
                folder, service, AUTHORITY, SHOP + ", ciphers: [ TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ]")) {
            assertThat(door.openssl("-tls1_2")).contains("Cipher is ECDHE-ECDSA-AES256-GCM-SHA384");
            assertThat(door.openssl("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"))
                    .contains("alert number 40");
            assertThat(door.openssl("-tls1_3")).contains("TLSv1.3, Cipher is TLS_");
        }
    }

    @Test
    void who_speaks_nothing_that_is_spoken_inside_is_refused() {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            assertThat(door.openssl("-alpn", "imap")).contains("alert number 120");
            assertThat(door.openssl("-alpn", "imap,http/1.1")).contains("ALPN protocol: http/1.1");
            assertThat(door.openssl()).contains("No ALPN negotiated");
            assertThat(door.handshakes().failures(HandshakeFailure.NO_APPLICATION_PROTOCOL))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_client_cannot_renegotiate() {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            assertThat(door.renegotiate("-tls1_2")).containsAnyOf("no renegotiation", "alert number", "unexpected eof", "errno=");
        }
    }

    // ── what is no handshake
    // ─────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void who_asks_in_the_clear_is_told_so() {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP);
                var client = RawClient.connect(door.port())) {
            client.send("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");

            assertThat(client.readAnswer().toString()).contains("400", "https://");
            service.assertNothingReceived();
        }
    }

    @Test
    void garbage_ends_the_connection() throws Exception {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            assertThat(answer(door, new byte[] {0, 1, 2, 3, 4, 5})).isEmpty();
            assertThat(answer(door, new byte[] {22, 3, 1, 0, 4, 2, 0, 0, 0})).endsWith(2, 50);
            assertThat(answer(door, new byte[] {22, 3, 1, 0, 8, 1, 0, 0, 4, 1, 2, 3, 4})).endsWith(2, 50);
            assertThat(answer(door, new byte[] {22, 3, 1, 0, 0})).endsWith(2, 50);
            assertThat(door.handshakes().failures(HandshakeFailure.MALFORMED)).isEqualTo(3);
        }
    }

    @Test
    void a_first_message_that_is_too_large_is_refused_before_it_is_there() throws Exception {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP + ", max_client_hello: 4KiB")) {
            // A message of 5,000 octets, of which only the beginning comes.
            assertThat(answer(door, new byte[] {22, 3, 1, 0, 8, 1, 0, 0x13, (byte) 0x88, 3, 3, 0, 0}))
                    .endsWith(2, 50);
            assertThat(door.handshakes().failures(HandshakeFailure.TOO_LARGE)).isEqualTo(1);
        }
    }

    private static byte[] answer(TlsDoor door, byte[] sent) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(sent);
            return socket.getInputStream().readAllBytes();
        }
    }

    // ── what is slow
    // ─────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_first_message_may_come_octet_by_octet_and_in_tiny_records() throws Exception {
        byte[] hello = clientHello();
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            assertThat(firstOctet(door, hello, 1)).isEqualTo(22);
            assertThat(firstOctet(door, inRecordsOf(7, hello), 100)).isEqualTo(22);
        }
    }

    private static int firstOctet(TlsDoor door, byte[] sent, int atOnce) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(5000);
            OutputStream out = socket.getOutputStream();
            for (int at = 0; at < sent.length; at += atOnce) {
                out.write(sent, at, Math.min(atOnce, sent.length - at));
            }
            InputStream in = socket.getInputStream();
            return in.read();
        }
    }

    private static byte[] clientHello() throws Exception {
        SSLEngine engine = AUTHORITY.clientContext().createSSLEngine("shop.example", 443);
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(32 << 10);
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
    }

    private static byte[] inRecordsOf(int octets, byte[] record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 5; at < record.length; at += octets) {
            int length = Math.min(octets, record.length - at);
            out.writeBytes(new byte[] {22, 3, 1, 0, (byte) length});
            out.write(record, at, length);
        }
        return out.toByteArray();
    }

    @Test
    void who_takes_too_long_is_closed_and_keeps_nobody_waiting() throws Exception {
        byte[] hello = clientHello();
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP + ", handshake_timeout: 300ms");
                Socket silent = new Socket("127.0.0.1", door.port());
                Socket half = new Socket("127.0.0.1", door.port());
                Socket waiting = new Socket("127.0.0.1", door.port())) {
            half.getOutputStream().write(hello, 0, 100);
            waiting.getOutputStream().write(hello);
            assertThat(door.curl("shop.example").succeeded().stdout()).isEqualTo("hello");

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> door.handshakes().failures(HandshakeFailure.TIMEOUT) == 3);
            silent.setSoTimeout(5000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void who_leaves_in_between_is_counted_once() throws Exception {
        byte[] hello = clientHello();
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            new Socket("127.0.0.1", door.port()).close();
            try (Socket half = new Socket("127.0.0.1", door.port())) {
                half.getOutputStream().write(hello, 0, 50);
            }
            try (Socket whole = new Socket("127.0.0.1", door.port())) {
                whole.getOutputStream().write(hello);
                whole.getInputStream().read();
            }
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> door.handshakes().failures(HandshakeFailure.CLIENT_LEFT) == 3);
        }
    }
}
