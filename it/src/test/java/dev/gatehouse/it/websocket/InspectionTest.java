package dev.gatehouse.it.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames where a route limits them: what is wrong ends the WebSocket, both sides are told why, and nothing wrong is
/// passed on.
@LeavesNothingBehind
class InspectionTest {
    private static TestGateway gateway(EchoService service, String websocket) {
        return TestGateway.from("""
                routes:
                  - { path: /**, service: "%s", websocket: %s }
                """.formatted(service.url(), websocket));
    }

    private static Frame binary(int length) {
        return new Frame(Frame.FIN | Frame.BINARY, true, new byte[length]);
    }

    @Test
    void a_frame_that_is_too_large_ends_it_with_1009_on_both_sides() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_frame: 1KiB }");
                var client = Client.open(gateway.port())) {
            client.send(binary(1024));
            assertThat(client.read().payload()).hasSize(1024);

            client.send(binary(1025));

            Frame close = client.readClose();
            assertThat(close.code()).isEqualTo(1009);
            assertThat(close.masked()).isFalse();
            Frame told = service.awaitClose();
            assertThat(told.code()).isEqualTo(1009);
            assertThat(told.masked()).isTrue();
            assertThat(service.unmasked()).isZero();
        }
    }

    @Test
    void a_message_is_as_large_as_its_frames_together() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_message: 1KiB }");
                var client = Client.open(gateway.port())) {
            Frame first = new Frame(Frame.BINARY, true, new byte[600]);
            Frame last = new Frame(Frame.FIN | Frame.CONTINUATION, true, new byte[424]);
            client.send(first, last);
            assertThat(client.read().payload()).hasSize(600);
            assertThat(client.read().payload()).hasSize(424);

            client.send(first, new Frame(Frame.FIN | Frame.CONTINUATION, true, new byte[425]));

            assertThat(client.readClose().code()).isEqualTo(1009);
            assertThat(service.awaitClose().code()).isEqualTo(1009);
        }
    }

    @Test
    void more_frames_than_the_rate_end_it_with_1008() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_rate: 20 }");
                var client = Client.open(gateway.port())) {
            for (int i = 0; i < 100; i++) {
                client.send(Frame.text("again"));
            }

            assertThat(client.readClose().code()).isEqualTo(1008);
            assertThat(service.awaitClose().code()).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc1, 0x83, 0x8b, 0x09, 0x80})
    void what_no_frame_begins_with_ends_it_with_1002(int first) {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_frame: 1KiB }");
                var client = Client.open(gateway.port())) {
            assertThat(client.echo("before")).isEqualTo("before");

            client.send(new Frame(first, true, new byte[10]));

            assertThat(client.readClose().code()).isEqualTo(1002);
            assertThat(service.awaitClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void a_client_that_does_not_mask_ends_it_with_1002() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_frame: 1KiB }");
                var client = Client.open(gateway.port())) {
            client.send(Frame.text("plain").masked(false));

            assertThat(client.readClose().code()).isEqualTo(1002);
            assertThat(service.awaitClose().code()).isEqualTo(1002);
            assertThat(service.unmasked()).isZero();
        }
    }

    @Test
    void a_service_that_masks_ends_it_with_1002_too() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_frame: 1KiB }");
                var client = Client.open(gateway.port())) {
            assertThat(client.echo("before")).isEqualTo("before");

            service.send(Frame.text("masked").octets());

            assertThat(client.readClose().code()).isEqualTo(1002);
            assertThat(service.awaitClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void a_frame_in_pieces_passes_and_so_does_a_header_octet_by_octet() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_frame: 100KiB }");
                var client = Client.open(gateway.port())) {
            byte[] octets = binary(70_000).octets();
            for (int i = 0; i < 20; i++) {
                client.sendOctets(new byte[] {octets[i]});
            }
            client.sendOctets(Arrays.copyOfRange(octets, 20, octets.length));

            assertThat(client.read().payload()).hasSize(70_000);
        }
    }

    @Test
    void without_limits_nothing_is_judged() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{}");
                var client = Client.open(gateway.port())) {
            client.send(new Frame(Frame.FIN | 0x40 | Frame.TEXT, true, new byte[3]));
            assertThat(client.read().first()).isEqualTo(Frame.FIN | 0x40 | Frame.TEXT);

            client.send(new Frame(Frame.FIN | Frame.CONTINUATION, true, new byte[3]));
            assertThat(client.read().opcode()).isEqualTo(Frame.CONTINUATION);
        }
    }
}
