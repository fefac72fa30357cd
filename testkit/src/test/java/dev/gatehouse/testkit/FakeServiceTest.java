package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.RecordedConnection.Ending;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

@LeavesNothingBehind
class FakeServiceTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void answers_each_request_with_200_by_default() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            RawAnswer first = client.send(GET).readAnswer();
            RawAnswer second = client.send(GET).readAnswer();

            assertThat(first.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(second.text()).isEqualTo("ok");
            assertThat(service.connections()).hasSize(1);
            assertThat(service.requests()).hasSize(2).allMatch(RecordedRequest::complete);
        }
    }

    @Test
    void records_a_request_byte_for_byte() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            String raw =
                    "POST /a?b=%20 HTTP/1.1\r\nhOST: a\r\nX-Twice: 1\r\nx-twice:  2 \r\nContent-Length: 4\r\n\r\nbody";
            client.send(raw).readAnswer();

            RecordedRequest request = service.awaitRequest();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/a?b=%20");
            assertThat(request.headerLines())
                    .containsExactly("hOST: a", "X-Twice: 1", "x-twice:  2 ", "Content-Length: 4");
            assertThat(request.header("host")).isEqualTo("a");
            assertThat(request.header("absent")).isNull();
            assertThat(request.headers("X-TWICE")).containsExactly("1", "2");
            assertThat(request.text()).isEqualTo("body");
            assertThat(service.connections().getFirst().received()).isEqualTo(raw);
        }
    }

    @Test
    void reads_a_chunked_body_with_trailers() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .send("3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n")
                    .readAnswer();

            RecordedRequest request = service.awaitRequest();
            assertThat(request.text()).isEqualTo("abcde");
            assertThat(request.trailers()).containsExactly(new HeaderField("X-Sum", "5"));
        }
    }

    @Test
    void sees_a_request_cut_off_in_its_body_as_aborted() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf").close();

            assertThat(service.awaitConnections(1).getFirst().awaitEnding()).isEqualTo(Ending.END_OF_STREAM);
            assertThat(service.requests()).singleElement().matches(RecordedRequest::aborted);
            service.assertNoCompleteRequest();
        }
    }

    @Test
    void sees_chunks_without_a_last_one_as_aborted() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                    .close();

            assertThat(service.awaitConnections(1).getFirst().awaitEnding()).isEqualTo(Ending.END_OF_STREAM);
            assertThat(service.requests()).singleElement().matches(RecordedRequest::aborted);
        }
    }

    @Test
    void tells_a_reset_from_a_close() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("GET / HT");
            service.awaitConnections(1);
            client.reset();

            assertThat(service.connections().getFirst().awaitEnding()).isEqualTo(Ending.RESET);
        }
    }

    @Test
    void says_which_rule_the_bytes_broke_and_keeps_them() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("GET / HTTP/1.1\r\nHost : a\r\n\r\n").readToEnd();

            RecordedConnection connection = service.connections().getFirst();
            assertThat(connection.malformed()).contains("Host : a");
            assertThat(connection.received()).contains("Host : a");
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void refuses_a_length_beside_chunks() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                    .readToEnd();

            assertThat(service.connections().getFirst().malformed()).contains("both");
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void notices_that_nothing_was_received() {
        try (FakeService service = FakeService.start()) {
            service.assertNothingReceived();
            RawClient.ask(service.port(), GET);
            assertThatThrownBy(service::assertNothingReceived).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void answers_with_what_a_handler_makes_of_the_request() {
        try (FakeService service = FakeService.handling(request -> Answer.of(201, request.target())
                        .header("X-Seen", request.method())
                        .trailer("X-End", "1"));
                RawClient client = RawClient.connect(service.port())) {
            RawAnswer answer = client.send("PUT /x HTTP/1.1\r\n\r\n").readAnswer();

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text()).isEqualTo("/x");
            assertThat(answer.header("x-seen")).isEqualTo("PUT");
            assertThat(answer.trailer("x-end")).isEqualTo("1");
        }
    }

    @Test
    void sends_no_body_to_head_but_its_length() {
        try (FakeService service = FakeService.handling(_ -> Answer.of(200, "hello"));
                RawClient client = RawClient.connect(service.port())) {
            RawAnswer head = client.send("HEAD / HTTP/1.1\r\n\r\n").send(GET).readAnswerToHead();
            RawAnswer get = client.readAnswer();

            assertThat(head.header("content-length")).isEqualTo("5");
            assertThat(get.text()).isEqualTo("hello");
        }
    }

    @Test
    void closes_when_the_client_asks_for_it() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");

            assertThat(client.readAnswer().header("connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
        }
    }

    @Test
    void fails_at_the_end_when_a_handler_threw() {
        FakeService service = FakeService.handling(_ -> {
            throw new IllegalStateException("oh");
        });
        RawClient.ask(service.port(), GET);
        // The client sees the end of the connection a moment before the service has noted why.
        assertThat(Eventually.holds(Duration.ofSeconds(5), () -> service.openConnections() == 0))
                .isTrue();

        assertThatThrownBy(service::close).hasRootCauseMessage("oh");
    }

    @Test
    void echoes_head_and_body() {
        try (FakeService service = FakeService.echoing()) {
            String raw = "POST /e HTTP/1.1\r\nA: b\r\nContent-Length: 2\r\n\r\nhi";

            assertThat(RawClient.ask(service.port(), raw).text()).isEqualTo(raw);
        }
    }

    @Test
    void goes_on_before_the_body_when_told() {
        try (FakeService service = FakeService.script(s ->
                        s.awaitHead().sendContinue().awaitRequest().answer(request -> Answer.of(200, request.text())));
                RawClient client = RawClient.connect(service.port())) {
            client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.readInterim().status()).isEqualTo(100);
            assertThat(service.requests()).noneMatch(RecordedRequest::complete);
            assertThat(client.send("abc").readAnswer().text()).isEqualTo("abc");
        }
    }

    @Test
    void answers_before_the_body_and_closes() {
        try (FakeService service = FakeService.script(s -> s.awaitHead()
                        .send("HTTP/1.1 413 Too Big\r\nContent-Length: 0\r\n\r\n")
                        .close());
                RawClient client = RawClient.connect(service.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");

            assertThat(client.readAnswer().status()).isEqualTo(413);
            assertThat(service.awaitConnections(1).getFirst().awaitEnding()).isEqualTo(Ending.CLOSED_BY_SERVICE);
            assertThat(service.requests()).singleElement().matches(RecordedRequest::aborted);
        }
    }

    @Test
    void speaks_first_when_the_script_awaits_nothing() {
        try (FakeService service =
                        FakeService.script(s -> s.send("HTTP/1.1 200 OK\r\n").pause(Duration.ofMillis(5)));
                RawClient client = RawClient.connect(service.port())) {
            assertThat(client.readThrough("\r\n")).isEqualTo("HTTP/1.1 200 OK\r\n");
            assertThat(client.timeout(Duration.ofMillis(50)).readToEnd().ending())
                    .isEqualTo(RawAnswer.Ending.TIMEOUT);
        }
    }

    @Test
    void gives_each_connection_its_script_and_the_rest_the_last() {
        try (FakeService service = FakeService.script(
                s -> s.awaitRequest().reset(), s -> s.awaitRequest().answer(Answer.of(200, "second")))) {
            assertThat(RawClient.ask(service.port(), GET).ending()).isEqualTo(RawAnswer.Ending.RESET);
            assertThat(RawClient.ask(service.port(), GET).text()).isEqualTo("second");
            assertThat(RawClient.ask(service.port(), GET).text()).isEqualTo("second");
        }
    }

    @Test
    void closes_after_so_many_answers() {
        try (FakeService service = FakeService.script(
                        s -> s.awaitRequest().answer(Answer.of(200, "x")).closeAfter(2));
                RawClient client = RawClient.connect(service.port())) {
            client.send(GET).readAnswer();
            assertThat(client.send(GET).readAnswer().complete()).isTrue();
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
        }
    }

    @Test
    void streams_a_big_answer() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest().big(1_000_003))) {
            RawAnswer answer = RawClient.ask(service.port(), GET);

            assertThat(answer.complete()).isTrue();
            assertThat(answer.body()).isEqualTo(BigBody.first(1_000_003));
        }
    }

    @Test
    void sends_slowly_in_pieces() {
        String raw = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (FakeService service = FakeService.script(s -> s.awaitRequest().sendSlowly(raw, 7, Duration.ofMillis(1)))) {
            assertThat(RawClient.ask(service.port(), GET).text()).isEqualTo("ok");
        }
    }

    @Test
    void stops_reading_until_told_otherwise() throws Exception {
        CountDownLatch readOn = new CountDownLatch(1);
        try (FakeService service = FakeService.with()
                        .receiveBuffer(4096)
                        .script(s -> s.stopReading()
                                .waitFor(readOn)
                                .resumeReading()
                                .awaitRequest()
                                .answer(request -> Answer.of(200, "" + request.bodyLength())));
                RawClient client = RawClient.connect(service.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n");
            Future<Long> sent = client.sendBigInBackground(20_000_000);

            assertThatThrownBy(() -> sent.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(service.connections().getFirst().receivedLength()).isZero();
            readOn.countDown();
            assertThat(client.readAnswer().text()).isEqualTo("20000000");
            assertThat(sent.get(5, TimeUnit.SECONDS)).isEqualTo(20_000_000);
        }
    }

    @Test
    void mirrors_bytes_after_an_upgrade() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 101 Switching Protocols\r\n\r\n")
                        .mirror());
                RawClient client = RawClient.connect(service.port())) {
            client.send("GET / HTTP/1.1\r\nUpgrade: x\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(101);
            assertThat(client.send("\0\n\r\n\nping").readBytes(9)).endsWith("ping".getBytes());
            assertThat(service.connections().getFirst().malformed()).isNull();
        }
    }

    @Test
    void waits_for_raw_bytes_after_the_request() {
        try (FakeService service = FakeService.script(s ->
                        s.awaitRequest().tunnel().awaitBytes(4).send("got four").close());
                RawClient client = RawClient.connect(service.port())) {
            client.send(GET).send("12").send("34");

            assertThat(client.readToEnd().text()).isEqualTo("got four");
        }
    }

    @Test
    void keeps_silent_until_the_client_leaves() {
        try (FakeService service = FakeService.script(Script::silence)) {
            try (RawClient client = RawClient.connect(service.port()).timeout(Duration.ofMillis(40))) {
                assertThat(client.send(GET).readAnswer().ending()).isEqualTo(RawAnswer.Ending.TIMEOUT);
            }
            assertThat(service.connections().getFirst().awaitEnding()).isEqualTo(Ending.END_OF_STREAM);
        }
    }

    @Test
    void refuses_where_nobody_listens() {
        int port = FakeService.refusing();

        assertThatThrownBy(() -> RawClient.connect(port)).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void comes_back_on_the_same_port() {
        int port;
        try (FakeService service = FakeService.start()) {
            port = service.port();
            RawClient.ask(port, GET);
        }
        try (FakeService _ = FakeService.with().port(port).start()) {
            assertThat(RawClient.ask(port, GET).status()).isEqualTo(200);
        }
    }

    @Test
    void copes_with_two_thousand_connections() {
        List<RawClient> clients = new ArrayList<>();
        try (FakeService service = FakeService.with().keepNothing().start()) {
            for (int i = 0; i < 2000; i++) {
                clients.add(RawClient.connect(service.port()).send(GET));
            }
            assertThat(clients)
                    .allSatisfy(
                            client -> assertThat(client.readAnswer().status()).isEqualTo(200));
            assertThat(service.connectionCount()).isEqualTo(2000);
            assertThat(service.requestCount()).isEqualTo(2000);
            assertThat(service.openConnections()).isEqualTo(2000);
        } finally {
            clients.forEach(RawClient::close);
        }
    }
}
