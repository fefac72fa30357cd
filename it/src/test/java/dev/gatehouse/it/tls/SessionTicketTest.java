package dev.gatehouse.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients come back with their tickets: to another loop, after a reload, to another gateway with the same keys.
@LeavesNothingBehind
class SessionTicketTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final String SHOP = "certificates: [ { cert: DIR/shop.crt, key: DIR/shop.key } ]";

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

    /// A client that gets a ticket and keeps it.
    private void getTicket(TlsDoor door, String version) {
        assertThat(door.ask("-servername", "shop.example", version, "-sess_out", folder + "/ticket"))
                .contains("New, TLSv1.", "hello");
    }

    /// What openssl says of a handshake with that ticket.
    private String comeBack(TlsDoor door, String version) {
        return door.ask("-servername", "shop.example", version, "-sess_in", folder + "/ticket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_client_comes_back_with_its_ticket_to_any_loop(String version) {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP, 2)) {
            getTicket(door, version);
            for (int i = 0; i < 6; i++) {
                assertThat(comeBack(door, version)).contains("Reused, TLSv1.");
            }
            String protocol = version.equals("-tls1_2") ? "TLSv1.2" : "TLSv1.3";
            assertThat(door.handshakes().full(protocol)).isEqualTo(1);
            assertThat(door.handshakes().resumed(protocol)).isEqualTo(6);
        }
    }

    @Test
    void a_ticket_outlives_a_reload_with_another_certificate() {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            getTicket(door, "-tls1_3");
            TlsDoor.shop(AUTHORITY).writeTo(folder, "shop");
            door.reload(SHOP + ", handshake_timeout: 9s");

            assertThat(comeBack(door, "-tls1_3")).contains("Reused, TLSv1.");
        }
    }

    @Test
    void gateways_with_the_same_keys_understand_each_others_tickets() throws Exception {
        byte[] keys = new byte[96];
        Arrays.fill(keys, (byte) 7);
        Files.write(folder.resolve("tickets"), keys);
        String shared = SHOP + ", session_tickets: { keys: DIR/tickets }";
        try (var one = TlsDoor.open(folder, service, AUTHORITY, shared);
                var other = TlsDoor.open(folder, service, AUTHORITY, shared);
                var stranger = TlsDoor.open(folder, service, AUTHORITY, SHOP)) {
            getTicket(one, "-tls1_3");

            assertThat(comeBack(other, "-tls1_3")).contains("Reused, TLSv1.");
            assertThat(comeBack(stranger, "-tls1_3")).contains("New, TLSv1.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void there_are_no_tickets_where_they_are_turned_off(String version) {
        try (var door = TlsDoor.open(folder, service, AUTHORITY, SHOP + ", session_tickets: { enabled: false }")) {
            assertThat(door.ask("-servername", "shop.example", version))
                    .contains("hello")
                    .doesNotContain("TLS session ticket:");
            assertThat(door.ask("-servername", "shop.example", version, "-reconnect"))
                    .doesNotContain("Reused");
        }
    }
}
