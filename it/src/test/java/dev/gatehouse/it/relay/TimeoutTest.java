package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.TestGateway;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Each wait has an end: services that do not accept, answer or go on, and clients that do not ask, send or go on.
@LeavesNothingBehind
class TimeoutTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    // ── services
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_request_that_waits_too_long_for_a_connection_is_a_503() {
        var release = new CountDownLatch(1);
        try (var service = FakeService.script(
                        s -> s.awaitRequest().waitFor(release).answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service)
                        .connections(1, 10)
                        .timeouts(new TimeoutConfig(ms(200), ms(15_000), ms(60_000), ms(30_000)))
                        .start();
                var first = RawClient.connect(gateway.port());
                var second = RawClient.connect(gateway.port())) {
            first.send(GET);
            service.awaitRequests(1);
            long start = System.nanoTime();
            second.send(GET);

            assertThat(second.readAnswer().status()).isEqualTo(503);
            assertThat(since(start)).isGreaterThanOrEqualTo(ms(200));
            assertThat(gateway.service().budget().waiting()).isZero();
            release.countDown();
            assertThat(first.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void an_address_that_does_not_accept_in_time_is_left_for_another() throws Exception {
        CleanEnd.expectLog("is left out for");
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var service = FakeService.start();
                var gateway = TestGateway.toUrls("http://127.0.0.1:" + full.getLocalPort(), service.url())
                        .timeouts(new TimeoutConfig(ms(200), ms(15_000), ms(60_000), ms(30_000)))
                        .start()) {
            List<Socket> fillers = fillBacklog(full);
            try {
                for (int i = 0; i < 4; i++) {
                    assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
                }
            } finally {
                for (Socket filler : fillers) {
                    filler.close();
                }
            }
        }
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_a_504_and_its_connection_is_closed() {
        try (var service = FakeService.script(s -> s.awaitRequest().silence());
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(ms(1000), ms(200), ms(60_000), ms(30_000)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("SERVICE_TIMEOUT");
            assertThat(answer.text()).contains("Request took too long. Please try again.");
            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            // The client did nothing wrong: its connection lives on.
            client.send(GET);
            assertThat(client.readAnswer().status()).isEqualTo(504);
        }
    }

    @Test
    void the_time_for_the_first_byte_begins_when_the_request_is_whole() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(ms(1000), ms(300), ms(60_000), ms(30_000)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n");
            client.sendSlowly("12345678", 1, ms(100));

            assertThat(client.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void all_attempts_together_have_the_time_of_the_request() {
        try (var service = FakeService.script(s -> s.awaitRequest().silence());
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(ms(1000), ms(15_000), ms(60_000), ms(200)))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.text()).contains("Request took too long. Please try again.");
        }
    }

    @Test
    void a_long_answer_that_goes_on_is_not_bound_by_the_time_of_the_request() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
                        .sendSlowly("0123456789", 1, ms(60)));
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(ms(1000), ms(200), ms(300), ms(200)))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("0123456789");
        }
    }

    @Test
    void an_answer_that_stands_still_is_cut_off_and_does_not_look_whole() {
        try (var service = FakeService.script(s ->
                        s.awaitRequest().send("HTTP/1.1 200 OK\r\n\r\nhello").silence());
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(ms(1000), ms(15_000), ms(200), ms(30_000)))
                        .start();
                var modern = RawClient.connect(gateway.port());
                var old = RawClient.connect(gateway.port())) {
            modern.send(GET);
            old.send("GET / HTTP/1.0\r\n\r\n");

            assertThat(modern.readAnswer().ending()).isEqualTo(RawAnswer.Ending.RESET);
            assertThat(old.readAnswer().ending()).isEqualTo(RawAnswer.Ending.RESET);
            assertThat(service.connections())
                    .allSatisfy(connection ->
                            assertThat(connection.awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN));
        }
    }

    @Test
    void an_upload_that_stands_still_is_a_504_when_no_body_rate_is_asked_of_the_client() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(10_000), ms(60_000), 0, ms(10_000)))
                        .timeouts(new TimeoutConfig(ms(1000), ms(15_000), ms(200), ms(30_000)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");

            assertThat(client.readAnswer().status()).isEqualTo(504);
            service.assertNoCompleteRequest();
        }
    }

    // ── clients
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_head_that_does_not_come_in_time_is_a_408_however_it_drips() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(400), ms(60_000), 1024, ms(10_000)))
                        .start();
                var silent = RawClient.connect(gateway.port());
                var dripping = RawClient.connect(gateway.port())) {
            silent.send("GET / HTT");
            dripping.sendSlowly("GET / HT", 1, ms(40));

            RawAnswer answer = silent.readAnswer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(silent.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(dripping.readAnswer().status()).isEqualTo(408);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void a_connection_without_a_request_is_closed_without_a_word() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(10_000), ms(200), 1024, ms(10_000)))
                        .start();
                var fresh = RawClient.connect(gateway.port());
                var used = RawClient.connect(gateway.port())) {
            used.send(GET);
            assertThat(used.readAnswer().status()).isEqualTo(200);

            RawClient.Rest first = fresh.readToEnd();
            RawClient.Rest second = used.readToEnd();
            assertThat(first.ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(first.text()).isEmpty();
            assertThat(second.ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(second.text()).isEmpty();
        }
    }

    @Test
    void a_request_under_way_is_not_idle() {
        try (var service = FakeService.handling(request -> Answer.of(200, "ok").after(ms(600)));
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(200), ms(200), 1024, ms(10_000)))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_comes_too_slowly_is_a_408_and_an_aborted_request() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(10_000), ms(60_000), 1024, ms(400)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
            client.sendSlowly("x".repeat(20), 1, ms(20));

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            service.assertNoCompleteRequest();
        }
    }

    @Test
    void a_body_that_comes_just_fast_enough_passes() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(10_000), ms(60_000), 1024, ms(300)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n");
            client.sendSlowly("x".repeat(5000), 250, ms(50));

            assertThat(client.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_waits_for_a_slow_service_is_not_too_slow() throws Exception {
        var release = new CountDownLatch(1);
        try (var service = FakeService.with()
                        .receiveBuffer(8 << 10)
                        .script(s -> s.awaitHead()
                                .stopReading()
                                .waitFor(release)
                                .resumeReading()
                                .awaitRequest()
                                .answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(10_000), ms(60_000), 1024, ms(200)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n");
            var sent = client.sendBigInBackground(20_000_000);
            Thread.sleep(1000);
            assertThat(sent.isDone()).isFalse();
            release.countDown();

            assertThat(client.readAnswer().status()).isEqualTo(200);
            assertThat(sent.get(5, TimeUnit.SECONDS)).isEqualTo(20_000_000);
            assertThat(service.awaitRequest().bodyLength()).isEqualTo(20_000_000);
        }
    }

    @Test
    void a_client_that_waits_for_100_is_not_too_slow() {
        try (var service = FakeService.script(s -> s.awaitHead()
                        .pause(ms(700))
                        .sendContinue()
                        .awaitRequest()
                        .answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(10_000), ms(60_000), 1024, ms(200)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readInterim().status()).isEqualTo(100);
            client.send("hello");

            assertThat(client.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_whose_request_is_whole_may_wait_as_long_as_the_service_takes() {
        try (var service = FakeService.handling(request -> Answer.of(200, "ok").after(ms(700)));
                var gateway = TestGateway.to(service)
                        .limits(limits(ms(10_000), ms(60_000), 1024, ms(200)))
                        .start()) {
            RawAnswer answer =
                    RawClient.ask(gateway.port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    /// Connects until the kernel takes no more: the next connect waits.
    private static List<Socket> fillBacklog(ServerSocket full) throws Exception {
        List<Socket> fillers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Socket filler = new Socket();
            try {
                filler.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 100);
                fillers.add(filler);
            } catch (java.net.SocketTimeoutException e) {
                filler.close();
                break;
            }
        }
        return fillers;
    }

    private static LimitsConfig limits(Duration head, Duration idle, int bodyRate, Duration bodyRateWindow) {
        LimitsConfig usual = LimitsConfig.DEFAULT;
        return new LimitsConfig(
                usual.head(),
                usual.requestLine(),
                usual.headers(),
                usual.body(),
                usual.connections(),
                head,
                idle,
                bodyRate,
                bodyRateWindow);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
