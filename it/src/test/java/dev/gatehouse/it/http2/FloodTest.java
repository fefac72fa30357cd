package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.it.http2.FrameClient.Frame;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A client that keeps the gateway busy for nothing is told to calm down and closed (RFC 9113 §10.5), at the
/// latest after a thousand frames; others do not notice.
@LeavesNothingBehind
class FloodTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final byte[] NOTHING = {};

    /// CVE-2023-44487.
    @Test
    void rapid_resets_end_the_connection_and_most_never_reach_a_service() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest().silence());
                TestGateway gateway = H2c.to(service);
                FrameClient good = FrameClient.connect(gateway.port());
                FrameClient bad = FrameClient.connect(gateway.port())) {
            sendUntilClosed(() -> {
                for (int stream = 1; stream < 6000; stream += 2) {
                    bad.get(stream, "/").reset(stream);
                }
            });
            assertThat(bad.goAway()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(service.connectionCount()).isLessThanOrEqualTo(501);
            good.send(FrameClient.PING, 0, 0, new byte[8]).await(FrameClient.PING, 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ends_the_connection_and_no_other(String what, Consumer<FrameClient> flood) {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient good = FrameClient.connect(gateway.port());
                FrameClient bad = FrameClient.connect(gateway.port())) {
            assertThat(good.get(1, "/").answer(1).status()).isEqualTo(200);
            sendUntilClosed(() -> flood.accept(bad));
            assertThat(bad.goAway()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(good.get(3, "/").answer(3).status()).isEqualTo(200);
        }
    }

    static Stream<Arguments> ends_the_connection_and_no_other() {
        return Stream.of(
                flood("pings", client -> client.send(1000, FrameClient.frame(FrameClient.PING, 0, 0, new byte[8]))),
                flood("settings", client -> client.send(1000, FrameClient.frame(FrameClient.SETTINGS, 0, 0, NOTHING))),
                flood(
                        "priorities",
                        client -> client.send(
                                1000, FrameClient.frame(FrameClient.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 1}))),
                flood("unknown frames", client -> client.send(1000, FrameClient.frame(77, 0, 0, NOTHING))),
                flood(
                        "windows in crumbs",
                        client -> client.send(
                                1000, FrameClient.frame(FrameClient.WINDOW_UPDATE, 0, 0, FrameClient.integer(1)))),
                flood("empty data", client -> {
                    client.headers(1, false, FrameClient.request("POST", "/"));
                    client.send(1000, FrameClient.frame(FrameClient.DATA, 0, 1, NOTHING));
                }),
                flood("small continuations (CVE-2024-27316)", client -> {
                    client.send(FrameClient.HEADERS, 0, 1, FrameClient.block(FrameClient.request("GET", "/")));
                    client.send(1000, FrameClient.frame(FrameClient.CONTINUATION, 0, 1, NOTHING));
                }),
                flood("large continuations", client -> {
                    client.send(FrameClient.HEADERS, 0, 1, FrameClient.block(FrameClient.request("GET", "/")));
                    byte[] fields = FrameClient.block("x-a", "b".repeat(16_000));
                    client.send(1000, FrameClient.frame(FrameClient.CONTINUATION, 0, 1, fields));
                }),
                flood("resets provoked of us (CVE-2025-8671)", client -> {
                    for (int stream = 1; stream < 2000; stream += 2) {
                        client.headers(stream, false, FrameClient.request("POST", "/"))
                                .window(stream, 0);
                    }
                }),
                flood("malformed heads", client -> {
                    for (int stream = 1; stream < 2000; stream += 2) {
                        client.headers(stream, true, FrameClient.request("GET", "/", "connection", "close"));
                    }
                }));
    }

    private static Arguments flood(String what, Consumer<FrameClient> how) {
        return arguments(what, how);
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

    private static void sendUntilClosed(Runnable sending) {
        try {
            sending.run();
        } catch (UncheckedIOException e) {
            // The gateway has closed: that was the point.
        }
    }
}
