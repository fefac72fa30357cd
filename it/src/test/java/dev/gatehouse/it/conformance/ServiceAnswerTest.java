package dev.gatehouse.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.HeaderField;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers of services, whole, broken and cut off. The ids are those of the list of hard cases, section B; sections
/// are of RFC 9112 unless they say.
@LeavesNothingBehind
class ServiceAnswerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    // ── broken answers
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    static final List<Arguments> BROKEN = List.of(
            head("B1 §6.3 two differing Content-Length", "Content-Length: 2\r\nContent-Length: 3\r\n", "ok!"),
            head("B1 §6.3 two equal Content-Length", "Content-Length: 2\r\nContent-Length: 2\r\n", "ok"),
            head("B1 §6.3 Content-Length: 2, 2", "Content-Length: 2, 2\r\n", "ok"),
            head(
                    "B1 §6.3 Content-Length, then Transfer-Encoding",
                    "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                    "2\r\nok\r\n0\r\n\r\n"),
            head(
                    "B1 §6.3 Transfer-Encoding, then Content-Length",
                    "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
                    "2\r\nok\r\n0\r\n\r\n"),
            head("B1 §6.2 Content-Length: -1", "Content-Length: -1\r\n", "ok"),
            head("B1 §6.2 Content-Length: +2", "Content-Length: +2\r\n", "ok"),
            head("B1 §6.2 Content-Length: two", "Content-Length: two\r\n", "ok"),
            head(
                    "B1 §6.1 Transfer-Encoding twice",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                    "2\r\nok\r\n0\r\n\r\n"),
            head("B1 §6.1 a coding we do not know", "Transfer-Encoding: gzip, chunked\r\n", "2\r\nok\r\n0\r\n\r\n"),
            raw(
                    "B1 §6.1 Transfer-Encoding in HTTP/1.0",
                    "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
            raw("§4 no HTTP at all", "hello, who are you?\r\n\r\n"),
            raw("§4 no version", "200 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 another protocol", "ICY 200 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 HTTP/2", "HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 two digits", "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 status 099", "HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 status 600", "HTTP/1.1 600 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 two spaces", "HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nok"),
            raw("§4 a control character in the reason", "HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\n\r\nok"),
            raw("§2.2 bare LF behind the status line", "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok"),
            raw("§2.2 bare LF behind a field", "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok"),
            head("§2.2 bare CR in a value", "X-A: b\rc\r\nContent-Length: 2\r\n", "ok"),
            head("§5.2 a folded field", "X-A: b\r\n c\r\nContent-Length: 2\r\n", "ok"),
            head("§5.1 space before a colon", "Content-Length : 2\r\n", "ok"),
            head("RFC 9110 §5.5 NUL in a value", "X-A: \u0000\r\nContent-Length: 2\r\n", "ok"),
            head("a head of 65 KiB", "X-A: " + "v".repeat(65 << 10) + "\r\nContent-Length: 2\r\n", "ok"),
            head("257 fields", "A: b\r\n".repeat(256) + "Content-Length: 2\r\n", "ok"),
            raw(
                    "RFC 9110 §15.2.2 101 nobody asked for",
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("BROKEN")
    void a_broken_answer_is_a_502_and_its_connection_is_not_used_again(String which, String answer) {
        try (var service = FakeService.script(
                        s -> s.awaitRequest().send(answer).silence(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);

            RawAnswer broken = client.readAnswer();
            assertThat(broken.status()).as("%s", broken).isEqualTo(502);
            assertThat(broken.header("Gatehouse-Error")).isEqualTo("SERVICE_BAD_RESPONSE");
            client.send(GET);
            assertThat(client.readAnswer().text()).isEqualTo("fresh");
            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
        }
    }

    static final List<Arguments> BROKEN_BODIES = List.of(
            arguments("data longer than its size", "2\r\nok!\r\n0\r\n\r\n"),
            arguments("no line end behind the data", "2\r\nok0\r\n\r\n"),
            arguments("a size that is no number", "two\r\nok\r\n0\r\n\r\n"),
            arguments("bare LF", "2\nok\n0\n\n"),
            arguments("a folded trailer", "2\r\nok\r\n0\r\nA: b\r\n c\r\n\r\n"));

    @ParameterizedTest(name = "B1 §7.1 {0}")
    @FieldSource("BROKEN_BODIES")
    void a_broken_chunked_body_never_looks_whole_to_the_client(String which, String body) {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .pause(Duration.ofMillis(20))
                        .send(body)
                        .silence());
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.ending()).isEqualTo(RawAnswer.Ending.RESET);
            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
        }
    }

    // ── B2: closing at every possible byte
    // ───────────────────────────────────────────────────────────────────────────

    private static final String SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nX-A: b\r\n\r\n0123456789";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n5;x=y\r\nworld\r\n0\r\nX-T: 1\r\n\r\n";

    static final List<Arguments> CUT = List.of(
            arguments("a sized answer", SIZED, "close", "1.1"),
            arguments("a sized answer", SIZED, "close", "1.0"),
            arguments("a sized answer", SIZED, "reset", "1.1"),
            arguments("a chunked answer", CHUNKED, "close", "1.1"),
            arguments("a chunked answer", CHUNKED, "close", "1.0"),
            arguments("a chunked answer", CHUNKED, "reset", "1.1"));

    @ParameterizedTest(name = "B2 §8 {0}, {2}, to a client of HTTP/{3}")
    @FieldSource("CUT")
    @SuppressWarnings("unchecked")
    void B2_an_answer_cut_off_at_any_byte_never_looks_whole_to_the_client(
            String which, String answer, String how, String version) {
        UnaryOperator<Script>[] cuts = IntStream.range(0, answer.length())
                .mapToObj(cut -> (UnaryOperator<Script>) s -> {
                    Script sent = s.awaitRequest().send(answer.substring(0, cut));
                    return how.equals("close")
                            ? sent.close()
                            : sent.pause(Duration.ofMillis(3)).reset();
                })
                .toArray(UnaryOperator[]::new);
        try (var service = FakeService.script(cuts);
                var gateway = TestGateway.to(service).start()) {
            int headEnd = answer.indexOf("\r\n\r\n") + 4;
            for (int cut = 0; cut < answer.length(); cut++) {
                RawAnswer got =
                        RawClient.ask(gateway.port(), "GET /" + cut + " HTTP/" + version + "\r\nHost: a\r\n\r\n");

                if (cut < headEnd) {
                    assertThat(got.status()).as("cut at %d: %s", cut, got).isEqualTo(502);
                    assertThat(got.complete()).isTrue();
                } else {
                    assertThat(got.complete()).as("cut at %d: %s", cut, got).isFalse();
                }
            }
            assertThat(service.requests()).hasSize(answer.length());
            await().untilAsserted(
                            () -> assertThat(gateway.service().budget().open()).isZero());
            assertThat(gateway.gateway().counters().open()).isZero();
        }
    }

    @Test
    void B2_an_answer_that_ends_with_its_connection_is_not_whole_when_the_connection_is_reset() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\n\r\nhello")
                        .pause(Duration.ofMillis(50))
                        .reset());
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.ending()).isEqualTo(RawAnswer.Ending.RESET);
        }
    }

    // ── B6: bodies that may not be
    // ───────────────────────────────────────────────────────────────────────────────────

    static final List<Arguments> BODIES_THAT_MAY_NOT_BE = List.of(
            arguments("an answer to HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "hello"),
            arguments(
                    "a chunked answer to HEAD",
                    "HEAD",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "5\r\nhello\r\n0\r\n\r\n"),
            arguments("204 with a length", "GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "hello"),
            arguments(
                    "204 with chunks",
                    "GET",
                    "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "5\r\nhello\r\n0\r\n\r\n"),
            arguments("204 without framing", "GET", "HTTP/1.1 204 No Content\r\n\r\n", "hello"),
            arguments("304 with its length", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "hello"),
            arguments("200 longer than its length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "hello"));

    @ParameterizedTest(name = "B6 RFC 9110 §6.4.1 {0}")
    @FieldSource("BODIES_THAT_MAY_NOT_BE")
    void B6_a_body_that_may_not_be_is_not_passed_on_and_its_connection_not_used_again(
            String which, String method, String head, String body) {
        try (var service = FakeService.script(
                        s -> s.awaitRequest().send(head + body).silence(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer answer = method.equals("HEAD") ? client.readAnswerToHead() : client.readAnswer();
            client.send(GET);

            assertThat(answer.complete()).isTrue();
            assertThat(answer.text()).isEmpty();
            assertThat(client.readAnswer().text()).isEqualTo("fresh");
            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
        }
    }

    @Test
    void B6_octets_that_come_after_the_answer_close_the_connection_before_they_are_taken_for_another() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest()
                                .answer(Answer.of(200, "first"))
                                .pause(Duration.ofMillis(50))
                                .send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled")
                                .silence(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            assertThat(client.readAnswer().text()).isEqualTo("first");
            service.connections().getFirst().awaitEnding();
            client.send(GET);

            assertThat(client.readAnswer().text()).isEqualTo("fresh");
        }
    }

    @Test
    void RFC_9110_8_6_a_204_is_passed_on_without_a_length_and_a_304_with_it() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
                        .awaitRequest()
                        .send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            RawAnswer noContent = client.readAnswer();
            client.send(GET);
            RawAnswer notModified = client.readAnswer();

            assertThat(noContent.header("Content-Length")).isNull();
            assertThat(noContent.header("Transfer-Encoding")).isNull();
            assertThat(notModified.header("Content-Length")).isEqualTo("5");
            assertThat(notModified.header("Transfer-Encoding")).isNull();
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_to_HEAD_keeps_its_length_and_its_connection() {
        try (var service = FakeService.handling(request -> Answer.of(200, "hello"));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer answer = client.readAnswerToHead();
            client.send(GET);

            assertThat(answer.header("Content-Length")).isEqualTo("5");
            assertThat(client.readAnswer().text()).isEqualTo("hello");
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    // ── 1xx
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void RFC_9110_15_2_interim_answers_are_relayed_in_order_with_their_fields() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 102 Processing\r\n\r\n")
                        .send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\nConnection: X-Hop\r\n"
                                + "X-Hop: 1\r\n\r\n")
                        .answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.interim()).extracting(RawAnswer::status).containsExactly(102, 103);
            RawAnswer hints = answer.interim().getLast();
            assertThat(hints.headers()).containsExactly(new HeaderField("Link", "</style.css>; rel=preload"));
        }
    }

    @Test
    void RFC_9110_15_2_interim_answers_are_not_sent_to_a_client_of_HTTP_1_0() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n")
                        .answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.0\r\n\r\n");

            assertThat(answer.interim()).isEmpty();
            assertThat(answer.text()).isEqualTo("ok");
        }
    }

    @Test
    void an_interim_answer_and_then_nothing_is_a_502() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 103 Early Hints\r\n\r\n")
                        .close());
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.interim()).extracting(RawAnswer::status).containsExactly(103);
        }
    }

    // ── framing between versions
    // ─────────────────────────────────────────────────────────────────────────────────────

    @Test
    void section_7_1_a_chunked_answer_to_a_client_of_HTTP_1_0_comes_without_chunks_and_ends_with_the_connection() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n"
                                + "0\r\nX-T: 1\r\n\r\n"));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

            RawAnswer answer = client.readAnswer();
            assertThat(answer.text()).isEqualTo("hello world");
            assertThat(answer.header("Transfer-Encoding")).isNull();
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.complete()).isTrue();
        }
    }

    @Test
    void section_9_3_a_client_of_HTTP_1_0_keeps_its_connection_when_it_asks_to() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
            assertThat(client.readAnswer().header("Connection")).isEqualTo("keep-alive");
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.readAnswer().header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
        }
    }

    @Test
    void section_9_3_a_client_that_asks_to_close_is_told_so_and_closed() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(client.readAnswer().header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(service.awaitRequest().header("Connection")).isNull();
        }
    }

    @Test
    void section_6_3_an_answer_that_ends_with_its_connection_reaches_a_client_of_HTTP_1_1_in_chunks() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest()
                                .send("HTTP/1.1 200 OK\r\n\r\nhello ")
                                .send("world")
                                .close(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            RawAnswer answer = client.readAnswer();
            client.send(GET);

            assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(answer.text()).isEqualTo("hello world");
            assertThat(client.readAnswer().text()).isEqualTo("fresh");
        }
    }

    @Test
    void section_7_1_2_trailers_reach_the_client_but_none_that_frames() {
        try (var service = FakeService.handling(request -> Answer.of(200, "hello")
                        .trailer("X-Sum", "42")
                        .trailer("Content-Length", "99")
                        .trailer("Set-Cookie", "a=b"));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.trailer("X-Sum")).isEqualTo("42");
            assertThat(answer.trailer("Content-Length")).isNull();
        }
    }

    @Test
    void section_7_1_1_chunk_extensions_end_here_and_an_empty_chunked_answer_is_empty() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0;c\r\n\r\n")
                        .awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            assertThat(client.readThrough("0\r\n\r\n")).doesNotContain("a=b").contains("hello");
            client.send(GET);
            assertThat(client.readAnswer().text()).isEmpty();
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2} connection(s) for two requests")
    @CsvSource({
        "HTTP/1.0, X-None: x, 2",
        "HTTP/1.0, Connection: keep-alive, 1",
        "HTTP/1.1, X-None: x, 1",
        "HTTP/1.1, Connection: close, 2",
        "HTTP/1.1, 'Connection: keep-alive, CLOSE', 2"
    })
    void section_9_3_a_connection_is_used_again_only_when_the_service_keeps_it(String version, String field, int used) {
        try (var service = FakeService.script(s ->
                        s.awaitRequest().send(version + " 200 OK\r\n" + field + "\r\nContent-Length: 2\r\n\r\nok"));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            RawAnswer first = client.readAnswer();
            client.send(GET);
            RawAnswer second = client.readAnswer();

            assertThat(first.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(first.header("Connection")).isNull();
            assertThat(second.text()).isEqualTo("ok");
            assertThat(service.connectionCount()).isEqualTo(used);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 \r\n", "HTTP/1.1 200\r\n", "HTTP/1.1 599 My Own Words\r\n"})
    void section_4_a_reason_may_be_missing_or_unusual(String statusLine) {
        try (var service = FakeService.script(s -> s.awaitRequest().send(statusLine + "Content-Length: 2\r\n\r\nok"));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.statusLine().strip()).isEqualTo(statusLine.strip());
            assertThat(answer.text()).isEqualTo("ok");
        }
    }

    @Test
    void an_answer_in_single_bytes_arrives_whole() {
        try (var service = FakeService.script(s -> s.awaitRequest().sendSlowly(CHUNKED, 1, Duration.ofMillis(1)));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.text()).isEqualTo("helloworld");
            assertThat(answer.trailer("X-T")).isEqualTo("1");
        }
    }

    private static Arguments raw(String which, String answer) {
        return arguments(which, answer);
    }

    private static Arguments head(String which, String fields, String body) {
        return arguments(which, "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body);
    }
}
