package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.it.http2.FrameClient.Frame;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Nobody is sent more than there is room for, on either side and whatever the version on the other (RFC 9113
/// §5.2).
@LeavesNothingBehind
class FlowControlTest {
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final long BIG = 64L << 20;

    @Test
    void a_client_that_does_not_open_its_window_stops_the_service_and_no_other_stream() {
        try (FakeService service = FakeService.script(
                        s -> s.awaitRequest().big(BIG), s -> s.awaitRequest().echo());
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.get(1, "/big");
            int got = 0;
            while (got < 65535) {
                got += client.await(FrameClient.DATA, 1).payload().length;
            }
            assertThat(got).isEqualTo(65535);
            client.window(0, 1 << 20);
            assertThat(client.get(3, "/small").answer(3).status()).isEqualTo(200);
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
                    .isLessThan(64 << 20);

            client.window(1, 1000);
            assertThat(client.await(FrameClient.DATA, 1).payload()).hasSize(1000);
            client.reset(1);
        }
    }

    @Test
    void a_big_answer_arrives_whole_through_small_windows() {
        int size = 3 << 20;
        try (FakeService service = FakeService.script(s -> s.awaitRequest().big(size));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port(), INITIAL_WINDOW_SIZE, 5000)) {
            client.get(1, "/big");
            int at = 0;
            Frame frame = client.await(FrameClient.DATA, 1);
            while (!frame.ends()) {
                for (byte b : frame.payload()) {
                    assertThat(b).isEqualTo(BigBody.at(at++));
                }
                client.window(0, frame.payload().length + 1).window(1, frame.payload().length + 1);
                frame = client.await(FrameClient.DATA, 1);
            }
            assertThat(at + frame.payload().length).isEqualTo(size);
        }
    }

    /// The socket takes less at once than the window: what waits for it has to go without another word of anybody.
    @Test
    void an_answer_that_ends_before_the_socket_has_taken_it_arrives_whole() {
        int size = 900_000;
        try (FakeService service = FakeService.script(s -> s.awaitRequest().big(size));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port(), INITIAL_WINDOW_SIZE, 4 << 20)) {
            client.window(0, 64 << 20);
            for (int stream = 1; stream < 40; stream += 2) {
                client.get(stream, "/big");
                int got = 0;
                Frame frame;
                do {
                    frame = client.await(FrameClient.DATA, stream);
                    got += frame.payload().length;
                } while (!frame.ends());
                assertThat(got).isEqualTo(size);
            }
        }
    }

    /// A window may be taken back below nothing (RFC 9113 §6.9.2).
    @Test
    void a_smaller_initial_window_holds_for_streams_that_are_open() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest().big(200_000));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port(), INITIAL_WINDOW_SIZE, 10_000)) {
            client.get(1, "/big");
            int got = client.await(FrameClient.DATA, 1).payload().length;
            while (got < 10_000) {
                got += client.await(FrameClient.DATA, 1).payload().length;
            }
            client.send(FrameClient.SETTINGS, 0, 0, new byte[] {0, INITIAL_WINDOW_SIZE, 0, 0, 0, 0});
            client.window(1, 10_000).window(1, 123);
            assertThat(client.await(FrameClient.DATA, 1).payload()).hasSize(123);
            client.reset(1);
        }
    }

    @Test
    void a_service_that_does_not_read_stops_the_upload_and_gets_all_of_it_in_the_end() {
        CountDownLatch readsAgain = new CountDownLatch(1);
        int size = 8 << 20;
        try (FakeService service = FakeService.with()
                        .receiveBuffer(16 << 10)
                        .script(s -> s.awaitHead()
                                .stopReading()
                                .waitFor(readsAgain)
                                .resumeReading()
                                .awaitRequest()
                                .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, FrameClient.request("POST", "/", "content-length", String.valueOf(size)));
            Upload upload = new Upload(client, 1, size);
            // It stops by itself, far before the end: windows are not opened for what nobody has taken.
            int stopped = upload.untilNothingOpensTheWindow();
            assertThat(stopped).isLessThan(6 << 20);
            readsAgain.countDown();
            upload.toTheEnd();
            assertThat(client.answer(1).status()).isEqualTo(200);
            assertThat(service.awaitRequest().bodyLength()).isEqualTo(size);
        }
    }

    @Test
    void a_client_that_takes_nothing_of_a_finished_answer_is_reset_in_time() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest().big(20_000));
                TestGateway gateway = H2c.to(service, "limits: { idle_timeout: 300ms }");
                FrameClient client = FrameClient.connect(gateway.port(), INITIAL_WINDOW_SIZE, 100)) {
            client.get(1, "/");
            assertThat(client.await(FrameClient.RST_STREAM, 1).error()).isEqualTo(8);
            await().atMost(Duration.ofSeconds(5)).until(() -> service.openConnections() <= 1);
        }
    }
}
