package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies of any size pass through at the pace of the slower side and arrive intact; who leaves is noticed on the
/// other side.
@LeavesNothingBehind
class StreamingTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int HUNDRED_MB = 100_000_000;

    /// More than the kernel keeps for two connections in both directions.
    private static final int FORTY_MB = 40_000_000;

    /// What one stalled exchange may hold: the high-water mark, and what was read before it was noticed.
    private static final long HELD = 2 << 20;

    // ── intact
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_download_of_100_MB_arrives_intact() {
        try (var service = FakeService.script(s -> s.awaitRequest().big(HUNDRED_MB));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);

            assertThat(client.readThrough("\r\n\r\n")).contains("Content-Length: " + HUNDRED_MB);
            assertBigBody(client, HUNDRED_MB);
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void an_upload_of_100_MB_arrives_intact() throws Exception {
        try (var listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var gateway = TestGateway.toUrls("http://127.0.0.1:" + listener.getLocalPort())
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + HUNDRED_MB + "\r\n\r\n");
            var sent = client.sendBigInBackground(HUNDRED_MB);

            try (Socket service = listener.accept()) {
                InputStream in = service.getInputStream();
                skipHead(in);
                assertBigBody(in, HUNDRED_MB);
                service.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes());
                assertThat(client.readAnswer().text()).isEqualTo("ok");
            }
            assertThat(sent.get(5, TimeUnit.SECONDS)).isEqualTo(HUNDRED_MB);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(
            ints = {0, 1, 2047, 2048, 2049, 8191, 8192, 8193, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537, 1_000_003
            })
    void bodies_of_any_size_arrive_intact_in_both_framings(int size) {
        byte[] body = BigBody.first(size);
        try (var service = FakeService.handling(request -> {
                    Answer answer = Answer.of(200, request.body());
                    return request.target().equals("/chunked") ? answer.chunked() : answer;
                });
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /sized HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
            client.sendBytes(body);
            RawAnswer sized = client.readAnswer();
            client.send("POST /chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            if (size > 0) {
                client.send(Integer.toHexString(size) + "\r\n");
                client.sendBytes(body);
                client.send("\r\n");
            }
            client.send("0\r\n\r\n");
            RawAnswer chunked = client.readAnswer();

            assertThat(Arrays.equals(sized.body(), body)).isTrue();
            assertThat(Arrays.equals(chunked.body(), body)).isTrue();
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void ten_thousand_chunks_of_one_byte_arrive_intact_both_ways() {
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            chunks.append("1\r\n").append((char) BigBody.at(i)).append("\r\n");
        }
        String body = chunks.append("0\r\n\r\n").toString();
        try (var service = FakeService.script(
                        s -> s.awaitRequest().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);

            assertThat(client.readAnswer().body()).isEqualTo(BigBody.first(10_000));
            assertThat(service.awaitRequest().body()).isEqualTo(BigBody.first(10_000));
        }
    }

    @Test
    void both_bodies_of_an_exchange_may_stream_at_the_same_time() {
        try (var service = FakeService.script(s -> s.awaitHead()
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .awaitBytes("5\r\nhello\r\n".length())
                        .send("5\r\nhello\r\n")
                        .awaitRequest()
                        .send("5\r\nworld\r\n0\r\n\r\n"));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            client.readThrough("hello");
            client.send("5\r\nworld\r\n0\r\n\r\n");
            client.readThrough("world\r\n0\r\n\r\n");

            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("helloworld");
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void a_byte_is_passed_on_when_it_comes_not_when_there_are_more() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
                        .silence());
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port()).timeout(Duration.ofSeconds(2))) {
            client.send(GET);

            assertThat(client.readThrough("data: 1\n\n")).startsWith("HTTP/1.1 200");
        }
    }

    // ── back-pressure
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_client_that_does_not_read_holds_the_service_back_and_then_gets_everything() throws Exception {
        try (var service = FakeService.script(s -> s.awaitRequest().big(FORTY_MB));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port(), 8 << 10)) {
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            client.send(GET);
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200");
            long most = mostPinnedFor(Duration.ofMillis(600));

            assertThat(most - before).isLessThan(HELD);
            assertThat(service.connections().getFirst().answers()).isZero();
            assertBigBody(client, FORTY_MB);
        }
    }

    @ParameterizedTest(name = "run {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void a_service_that_does_not_read_holds_the_client_back_and_then_gets_everything(int run) throws Exception {
        var release = new CountDownLatch(1);
        try (var service = FakeService.with()
                        .receiveBuffer(8 << 10)
                        .script(s -> s.awaitHead()
                                .stopReading()
                                .waitFor(release)
                                .resumeReading()
                                .awaitRequest()
                                .answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + FORTY_MB + "\r\n\r\n");
            service.awaitConnections(1);
            var sent = client.sendBigInBackground(FORTY_MB);
            long most = mostPinnedFor(Duration.ofMillis(600));

            assertThat(most - before).isLessThan(HELD);
            assertThat(sent.isDone()).isFalse();
            release.countDown();
            assertThat(client.readAnswer().text()).isEqualTo("ok");
            assertThat(service.awaitRequest().bodyLength()).isEqualTo(FORTY_MB);
            // The end was noticed although the last octets came while the service was slow: the connection lives
            // on.
            client.send(GET);
            assertThat(client.readAnswer().text()).isEqualTo("ok");
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void the_end_of_a_body_is_noticed_when_its_last_bytes_were_one_too_many_for_the_service() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            // Around the high-water mark and once more: some of them end just where it is reached.
            for (int size = 250_000; size < 600_000; size += 5_000) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
                client.sendBig(size);
                assertThat(client.readAnswer().text()).isEqualTo("ok");
            }

            // A request whose end was missed would have cost its connection.
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void a_client_that_pipelines_without_reading_is_held_back() throws Exception {
        try (var service = FakeService.handling(request -> Answer.of(200, BigBody.first(100_000)));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port(), 8 << 10)) {
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            client.send(GET.repeat(300));
            long most = mostPinnedFor(Duration.ofMillis(500));

            assertThat(most - before).isLessThan(HELD);
            assertThat(service.requestCount()).isLessThan(300);
            for (int i = 0; i < 300; i++) {
                assertThat(client.readAnswer().body()).hasSize(100_000);
            }
        }
    }

    @Test
    void a_service_that_sends_small_pieces_to_a_client_that_does_not_read_is_held_back() throws Exception {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n")
                        .sendSlowly("x".repeat(12_000_000), 3000, Duration.ofNanos(50_000))
                        .sendBig(8_000_000));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port(), 8 << 10)) {
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            client.send(GET);
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200");
            long most = mostPinnedFor(Duration.ofMillis(2000));

            assertThat(most - before).isLessThan(HELD);
            client.readBytes(20_000_000);
        }
    }

    // ── who leaves
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_client_that_leaves_in_the_middle_of_its_request_cancels_it_at_the_service() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhello");
                service.awaitConnections(1);
            }

            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            service.assertNoCompleteRequest();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"closes", "resets"})
    void a_client_that_leaves_before_the_answer_cancels_the_request_at_the_service(String how) {
        try (var service = FakeService.script(s -> s.awaitRequest().silence());
                var gateway = TestGateway.to(service).start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send(GET);
                service.awaitRequest();
                if (how.equals("resets")) {
                    client.reset();
                }
            }

            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            await().until(() -> gateway.gateway().counters().open() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"closes", "resets"})
    void a_client_that_leaves_in_the_middle_of_its_answer_ends_it_at_the_service(String how) {
        try (var service = FakeService.script(s -> s.awaitRequest().big(1_000_000_000));
                var gateway = TestGateway.to(service).start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send(GET);
                client.readBytes(1_000_000);
                if (how.equals("resets")) {
                    client.reset();
                }
            }

            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            await().until(() -> gateway.gateway().counters().open() == 0);
        }
    }

    @Test
    void a_client_that_leaves_while_it_is_held_back_is_missed_after_the_idle_time_at_the_latest() {
        // Nobody reads from it, so not every transport can see that it is gone.
        try (var service = FakeService.script(s -> s.awaitHead().stopReading().silence());
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(15),
                                Duration.ofMillis(800),
                                Duration.ofSeconds(30)))
                        .start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + FORTY_MB + "\r\n\r\n");
                service.awaitConnections(1);
                var sent = client.sendBigInBackground(FORTY_MB);
                await().pollDelay(Duration.ofMillis(300)).until(() -> !sent.isDone());
                client.reset();
            }

            await().until(() -> gateway.gateway().counters().open() == 0);
            await().until(() -> gateway.service().budget().open() == 0);
        }
    }

    @Test
    void a_thousand_clients_that_leave_at_any_moment_leave_nothing_behind() {
        try (var service = FakeService.with().keepNothing().handling(request -> Answer.of(200, BigBody.first(50_000)));
                var gateway = TestGateway.to(service).start()) {
            String request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + "x".repeat(100);
            for (int i = 0; i < 1000; i++) {
                try (var client = RawClient.connect(gateway.port())) {
                    client.send(request.substring(0, i % (request.length() + 1)));
                    if (i % 2 == 0) {
                        client.reset();
                    }
                }
            }

            await().until(() -> gateway.gateway().counters().open() == 0);
            await().until(() -> gateway.gateway().clientConnections() == 0);
            assertThat(RawClient.ask(gateway.port(), GET).body()).hasSize(50_000);
        }
    }

    // ── order
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void pipelined_requests_with_bodies_are_answered_in_order_without_mixing() {
        try (var service =
                        FakeService.handling(request -> Answer.of(200, request.target() + ":" + request.bodyLength()));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            Thread sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 50; i++) {
                    client.send("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + i * 1000 + "\r\n\r\n");
                    client.sendBig(i * 1000L);
                    client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
                }
            });

            for (int i = 0; i < 50; i++) {
                assertThat(client.readAnswer().text()).isEqualTo("/" + i + ":" + i * 1000);
                assertThat(client.readAnswer().text()).isEqualTo("/" + i + ":0");
            }
            assertThat(sender).satisfies(Thread::join);
            assertThat(service.requests()).allMatch(RecordedRequest::complete);
        }
    }

    // ── bodies of any length, never held in memory
    // ───────────────────────────────────────────────────────────────────

    private static long mostPinnedFor(Duration time) throws InterruptedException {
        long most = 0;
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; Thread.sleep(10)) {
            most = Math.max(most, PooledByteBufAllocator.DEFAULT.pinnedDirectMemory());
        }
        return most;
    }

    private static void assertBigBody(RawClient client, int length) {
        int piece = 26 * 40_000;
        byte[] expected = BigBody.first(piece);
        for (int read = 0; read < length; read += piece) {
            int next = Math.min(piece, length - read);
            assertThat(Arrays.equals(client.readBytes(next), 0, next, expected, 0, next))
                    .as("bytes from %d on", read)
                    .isTrue();
        }
    }

    private static void assertBigBody(InputStream in, int length) throws Exception {
        int piece = 26 * 40_000;
        byte[] expected = BigBody.first(piece);
        byte[] got = new byte[piece];
        for (int read = 0; read < length; read += piece) {
            int next = Math.min(piece, length - read);
            assertThat(in.readNBytes(got, 0, next)).isEqualTo(next);
            assertThat(Arrays.equals(got, 0, next, expected, 0, next))
                    .as("bytes from %d on", read)
                    .isTrue();
        }
    }

    private static void skipHead(InputStream in) throws Exception {
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            ends = next == "\r\n\r\n".charAt(ends) ? ends + 1 : next == '\r' ? 1 : 0;
        }
    }
}
