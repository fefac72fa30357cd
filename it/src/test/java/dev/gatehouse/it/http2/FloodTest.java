package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.http2.FrameClient.Frame;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A client that keeps the gateway busy for nothing is told to calm down and closed (RFC 9113 §10.5), at the
/// latest after a thousand frames; others do not notice.
@LeavesNothingBehind
class FloodTest {
    private static final int ENHANCE_YOUR_CALM = 11;

    @ParameterizedTest
    @EnumSource
    void ends_the_connection_and_no_other(Flood flood) {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient good = FrameClient.connect(gateway.port());
                FrameClient bad = FrameClient.connect(gateway.port())) {
            assertThat(good.get(1, "/").answer(1).status()).isEqualTo(200);
            flood.by(bad);
            assertThat(bad.goAway()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(good.get(3, "/").answer(3).status()).isEqualTo(200);
        }
    }

    @Test
    void a_request_that_is_reset_in_the_same_breath_reaches_no_service() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.await(FrameClient.SETTINGS, 0);
            client.raw(Flood.reset(1));
            assertThat(client.get(3, "/").answer(3).status()).isEqualTo(200);
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void of_rapid_resets_few_reach_a_service() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest().silence());
                TestGateway gateway = H2c.to(service);
                FrameClient bad = FrameClient.connect(gateway.port())) {
            Flood.RAPID_RESETS.by(bad);
            assertThat(bad.goAway()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(service.connectionCount()).isLessThan(100);
        }
    }

    /// A block of 16 KiB that stands for 64 MiB: every octet repeats a field of 4 KB.
    @Test
    void a_header_bomb_is_a_head_too_large_and_costs_nothing() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            byte[] large = FrameClient.block("x-a", "b".repeat(4000));
            large[0] = 0x40;
            byte[] request = FrameClient.block(FrameClient.request("GET", "/"));
            byte[] first = new byte[request.length + large.length];
            System.arraycopy(request, 0, first, 0, request.length);
            System.arraycopy(large, 0, first, request.length, large.length);
            client.send(FrameClient.HEADERS, FrameClient.END_HEADERS | FrameClient.END_STREAM, 1, first);
            assertThat(client.answer(1).status()).isEqualTo(200);

            byte[] bomb = new byte[16_000];
            System.arraycopy(request, 0, bomb, 0, request.length);
            Arrays.fill(bomb, request.length, bomb.length, (byte) (0x80 | 62));
            client.send(FrameClient.HEADERS, FrameClient.END_HEADERS | FrameClient.END_STREAM, 3, bomb);
            assertThat(client.answer(3).status()).isEqualTo(431);
        }
    }

    @Test
    void one_stream_more_than_allowed_is_refused_and_the_others_go_on() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest().silence());
                TestGateway gateway = H2c.to(service, "http2: { max_streams: 3 }");
                FrameClient client = FrameClient.connect(gateway.port())) {
            for (int stream = 1; stream <= 7; stream += 2) {
                client.get(stream, "/");
            }
            Frame reset = client.await(FrameClient.RST_STREAM, 7);
            assertThat(reset.error()).isEqualTo(7);
            service.awaitRequests(3);
            assertThat(service.requests()).hasSize(3);
        }
    }

    @Test
    void a_busy_client_with_many_pings_and_window_updates_is_served() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service, "http2: { abusive_frames: 50 }");
                FrameClient client = FrameClient.connect(gateway.port())) {
            for (int stream = 1; stream < 600; stream += 2) {
                client.get(stream, "/").send(FrameClient.PING, 0, 0, new byte[8]);
                assertThat(client.answer(stream).status()).isEqualTo(200);
            }
        }
    }
}
