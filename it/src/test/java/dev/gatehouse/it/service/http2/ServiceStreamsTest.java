package dev.gatehouse.it.service.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.http2.FrameService;
import dev.gatehouse.testkit.http2.ReceivedFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a service may do with the streams it is sent (RFC 9113 §5, §6.8, §8.7; case B8).
@LeavesNothingBehind
class ServiceStreamsTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    private static final String POST = "POST /a HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 3\r\n\r\nabc";
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;
    private static final int INTERNAL_ERROR = 2;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int ENABLE_CONNECT_PROTOCOL = 8;

    // ── messages
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_request_is_a_header_list_and_data() {
        try (var service = FrameService.script(c -> c.open().answerAll());
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /a?b=1 HTTP/1.1\r\nHost: shop.example\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
                    + "X-Mixed-Case: Yes\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("ok");

            ReceivedFrame head = service.connections()
                    .getFirst()
                    .received(ReceivedFrame.HEADERS)
                    .getFirst();
            assertThat(head.fields().stream().limit(4).map(Object::toString))
                    .containsExactly(":method=POST", ":scheme=http", ":authority=shop.example", ":path=/a?b=1");
            assertThat(head.field("x-mixed-case")).isEqualTo("Yes");
            assertThat(head.field("te")).isEqualTo("trailers");
            assertThat(head.fields().stream().map(Map.Entry::getKey))
                    .doesNotContain("host", "connection", "transfer-encoding", "x-hop")
                    .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
            assertThat(service.connections().getFirst().received(ReceivedFrame.DATA))
                    .extracting(frame -> new String(frame.payload(), US_ASCII))
                    .containsExactly("abc");
        }
    }

    @Test
    void an_interim_answer_and_trailers_reach_the_client() {
        try (var service = FrameService.script(c -> {
                    int stream = c.open().awaitRequest().stream();
                    c.headers(stream, false, ":status", "103", "link", "</a.css>");
                    c.headers(stream, false, ":status", "200", "x-own", "1");
                    c.data(stream, false, "hi".getBytes(US_ASCII));
                    c.headers(stream, true, "x-sum", "9");
                    c.answerAll();
                });
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            assertThat(client.readInterim().status()).isEqualTo(103);
            RawAnswer answer = client.readAnswer();
            assertThat(answer.header("X-Own")).isEqualTo("1");
            assertThat(answer.text()).isEqualTo("hi");
            assertThat(answer.trailers().toString()).contains("x-sum");
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("ok");
        }
    }

    @Test
    void an_answer_that_is_only_a_head_is_whole() {
        try (var service = FrameService.script(c -> {
                    c.open();
                    c.headers(c.awaitRequest().stream(), true, ":status", "204");
                    c.headers(c.awaitRequest().stream(), true, ":status", "200", "grpc-status", "5");
                    c.headers(c.awaitRequest().stream(), true, ":status", "200", "content-length", "17");
                });
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(204);
            RawAnswer trailersOnly = client.send(GET).readAnswer();
            assertThat(trailersOnly.header("grpc-status")).isEqualTo("5");
            assertThat(trailersOnly.text()).isEmpty();
            client.send("HEAD /a HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            assertThat(client.readAnswerToHead().header("Content-Length")).isEqualTo("17");
        }
    }

    @Test
    void an_answer_shorter_than_it_says_never_looks_whole() {
        try (var service = FrameService.script(c -> {
                    c.open();
                    int stream = c.awaitRequest().stream();
                    c.headers(stream, false, ":status", "200", "content-length", "10");
                    c.data(stream, false, "short".getBytes(US_ASCII));
                    c.answer(c.awaitRequest().stream(), "ok");
                    c.data(stream, true, new byte[0]);
                    c.answerAll();
                });
                var gateway = gateway(service);
                var cheated = RawClient.connect(gateway.port());
                var other = RawClient.connect(gateway.port())) {
            assertThat(cheated.send(GET).readThrough("short")).contains("content-length: 10");
            assertThat(other.send(GET).readAnswer().text()).isEqualTo("ok");
            assertThat(cheated.readToEnd().bytes()).isEmpty();
        }
    }

    // ── not processed
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_stream_that_is_refused_is_tried_again() {
        try (var service = FrameService.script(c -> {
                    c.open().reset(c.awaitRequest().stream(), REFUSED_STREAM);
                    c.answerAll();
                });
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("ok");
        }
    }

    @Test
    void a_refused_stream_goes_to_another_instance_first() {
        try (var busy = FrameService.script(c -> {
                    c.open();
                    while (true) {
                        c.reset(c.awaitRequest().stream(), REFUSED_STREAM);
                    }
                });
                var other = FrameService.script(c -> c.open().answerAll());
                var gateway = gateway(busy, other);
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.send(GET).readAnswer().text()).isEqualTo("ok");
            }
            assertThat(requests(busy)).isGreaterThan(0);
        }
    }

    @Test
    void a_service_that_refuses_everything_is_not_asked_for_ever() {
        try (var service = FrameService.script(c -> {
                    c.open();
                    while (true) {
                        c.reset(c.awaitRequest().stream(), REFUSED_STREAM);
                    }
                });
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(503);
            assertThat(requests(service)).isEqualTo(2);
        }
    }

    @Test
    void what_a_goaway_leaves_out_is_sent_over_another_connection() {
        try (var service = FrameService.script(
                        c -> {
                            c.open();
                            int first = c.awaitRequest().stream();
                            c.awaitRequest();
                            c.goAway(first, 0);
                            c.answer(first, "old");
                            c.answerAll();
                        },
                        c -> c.open().answerAll());
                var gateway = gateway(service);
                var one = RawClient.connect(gateway.port());
                var two = RawClient.connect(gateway.port())) {
            one.send(GET);
            await().until(() -> requests(service) == 1);
            two.send(GET);

            assertThat(one.readAnswer().text()).isEqualTo("old");
            assertThat(two.readAnswer().text()).isEqualTo("ok");
            // The old connection ends once its last stream has.
            await().until(() -> gateway.service().budget().open() == 1);
        }
    }

    @Test
    void a_request_whose_body_has_left_is_not_sent_twice() {
        try (var service = FrameService.script(c -> {
                    c.open();
                    c.await(ReceivedFrame.DATA);
                    c.reset(1, REFUSED_STREAM);
                    c.answerAll();
                });
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(POST).readAnswer().status()).isEqualTo(503);
            assertThat(requests(service)).isEqualTo(1);
        }
    }

    // ── failures
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void any_other_reset_is_a_broken_answer() {
        try (var service = FrameService.script(c -> {
                    c.open().reset(c.awaitRequest().stream(), INTERNAL_ERROR);
                    c.answerAll();
                });
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            RawAnswer answer = client.send(GET).readAnswer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("It reset the stream (INTERNAL_ERROR).");
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("ok");
        }
    }

    @Test
    void a_connection_that_breaks_ends_all_its_calls() {
        try (var service = FrameService.script(c -> {
                    c.open();
                    c.awaitRequest();
                    c.awaitRequest();
                    // DATA on a stream nobody has opened (RFC 9113 §5.1).
                    c.data(99, true, new byte[3]);
                    c.answerAll();
                });
                var gateway = gateway(service);
                var one = RawClient.connect(gateway.port());
                var two = RawClient.connect(gateway.port())) {
            one.send(GET);
            await().until(() -> requests(service) == 1);
            two.send(GET);

            assertThat(one.readAnswer().status()).isEqualTo(502);
            assertThat(two.readAnswer().status()).isEqualTo(502);
            await().until(() -> gateway.service().budget().open() == 0);
        }
    }

    @Test
    void a_service_that_does_not_speak_it_is_a_broken_answer() {
        try (var service = FrameService.script(c -> c.octets("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
                var gateway = gateway(service);
                var client = RawClient.connect(gateway.port())) {
            RawAnswer answer = client.send(GET).readAnswer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("It does not speak HTTP/2");
        }
    }

    @Test
    void a_service_that_never_says_what_it_takes_cannot_be_reached() {
        TimeoutConfig soon = new TimeoutConfig(
                Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (var service = FrameService.script(c -> c.await(ReceivedFrame.GOAWAY));
                var gateway = TestGateway.toUrls(service.url())
                        .protocol(ServiceProtocol.H2)
                        .timeouts(soon)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(503);
            await().until(() -> gateway.service().budget().open() == 0);
        }
    }

    // ── limits
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void more_calls_than_streams_take_another_connection() {
        try (var service = FrameService.script(
                        c -> c.open(MAX_CONCURRENT_STREAMS, 2).await(ReceivedFrame.GOAWAY));
                var gateway = gateway(service)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(RawClient.connect(gateway.port()).send(GET));
            }
            await().until(() -> requests(service) == 5);
            assertThat(service.connections()).hasSize(3);
            clients.forEach(RawClient::close);
            await().until(() -> service.connections().stream()
                            .mapToInt(one ->
                                    one.received(ReceivedFrame.RST_STREAM).size())
                            .sum()
                    == 5);
        }
    }

    @Test
    void without_another_connection_they_wait_for_a_stream() {
        try (var service = FrameService.script(
                        c -> c.open(MAX_CONCURRENT_STREAMS, 2).answerAll());
                var gateway = TestGateway.toUrls(service.url())
                        .protocol(ServiceProtocol.H2)
                        .connections(1, 100)
                        .start()) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(RawClient.connect(gateway.port()).send(GET));
            }
            clients.forEach(client -> assertThat(client.readAnswer().text()).isEqualTo("ok"));
            assertThat(service.connections()).hasSize(1);
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void a_client_that_leaves_ends_its_stream_and_no_other() {
        try (var service = FrameService.script(c -> {
                    c.open();
                    c.awaitRequest();
                    c.await(ReceivedFrame.RST_STREAM);
                    c.answerAll();
                });
                var gateway = gateway(service)) {
            RawClient leaving = RawClient.connect(gateway.port()).send(GET);
            await().until(() -> requests(service) == 1);
            long left = System.nanoTime();
            leaving.close();
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> !resets(service).isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofMillis(100));
            assertThat(resets(service).getFirst().error()).isEqualTo(CANCEL);

            try (var client = RawClient.connect(gateway.port())) {
                assertThat(client.send(GET).readAnswer().text()).isEqualTo("ok");
            }
            assertThat(service.connections()).hasSize(1);
        }
    }

    @Test
    void an_idle_connection_is_closed_in_good_order() {
        try (var service = FrameService.script(c -> c.open().answerAll());
                var gateway = TestGateway.toUrls(service.url())
                        .protocol(ServiceProtocol.H2)
                        .idleConnections(Duration.ofMillis(200))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("ok");
            await().until(() -> gateway.service().budget().open() == 0);
            assertThat(service.connections().getFirst().received(ReceivedFrame.GOAWAY))
                    .hasSize(1);
        }
    }

    // ── other protocols
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void an_upgrade_becomes_an_extended_connect() {
        try (var service = FrameService.script(c -> {
                    c.open(ENABLE_CONNECT_PROTOCOL, 1);
                    int stream = c.awaitRequest().stream();
                    c.headers(stream, false, ":status", "200", "sec-websocket-protocol", "ticker");
                    c.data(stream, false, c.await(ReceivedFrame.DATA).payload());
                    c.await(ReceivedFrame.RST_STREAM);
                });
                var gateway = TestGateway.toUrls(service.url())
                        .protocol(ServiceProtocol.H2)
                        .upgrade("echo")
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /a HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: echo\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            // RFC 6455 §1.3 has the proof of this key.
            assertThat(client.readThrough("\r\n\r\n"))
                    .contains("HTTP/1.1 101", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "ticker");
            client.send("ping");
            assertThat(client.readBytes(4)).asString().isEqualTo("ping");

            ReceivedFrame head = service.connections()
                    .getFirst()
                    .received(ReceivedFrame.HEADERS)
                    .getFirst();
            assertThat(head.field(":method")).isEqualTo("CONNECT");
            assertThat(head.field(":protocol")).isEqualTo("echo");
            assertThat(head.field("sec-websocket-key")).isNull();
        }
    }

    @Test
    void a_service_that_takes_no_extended_connect_says_so_at_once() {
        try (var service = FrameService.script(c -> c.open().answerAll());
                var gateway = TestGateway.toUrls(service.url())
                        .protocol(ServiceProtocol.H2)
                        .upgrade("echo")
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /a HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("it speaks HTTP/2 only, without extended CONNECT (RFC 8441)");
        }
    }

    // ── the words of these tests
    // ─────────────────────────────────────────────────────────────────────────────────────

    private static TestGateway gateway(FrameService... services) {
        CleanEnd.allowLog("is left out for");
        return TestGateway.toUrls(Arrays.stream(services).map(FrameService::url).toArray(String[]::new))
                .protocol(ServiceProtocol.H2)
                .start();
    }

    private static long requests(FrameService service) {
        return service.connections().stream()
                .mapToLong(one -> one.received(ReceivedFrame.HEADERS).size())
                .sum();
    }

    private static List<ReceivedFrame> resets(FrameService service) {
        return service.connections().getFirst().received(ReceivedFrame.RST_STREAM);
    }
}
