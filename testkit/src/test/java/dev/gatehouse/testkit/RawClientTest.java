package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@LeavesNothingBehind
class RawClientTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void reads_pipelined_answers_one_by_one() {
        try (FakeService service = FakeService.handling(request -> Answer.of(200, request.target()));
                RawClient client = RawClient.connect(service.port())) {
            client.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n");

            assertThat(client.readAnswer().text()).isEqualTo("/1");
            assertThat(client.readAnswer().text()).isEqualTo("/2");
            assertThat(client.readAnswer().text()).isEqualTo("/3");
        }
    }

    @Test
    void keeps_interim_answers_beside_the_final_one() {
        RawAnswer answer = answerTo("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.interim()).singleElement().satisfies(interim -> {
            assertThat(interim.status()).isEqualTo(103);
            assertThat(interim.header("link")).isEqualTo("</a>");
        });
    }

    @Test
    void reads_an_answer_that_ends_with_the_connection() {
        RawAnswer answer = answerTo("HTTP/1.1 200 OK\r\nX: y\r\n\r\nall of it");

        assertThat(answer.text()).isEqualTo("all of it");
        assertThat(answer.complete()).isTrue();
    }

    @Test
    void sees_an_answer_shorter_than_its_length_as_cut_off() {
        RawAnswer answer = answerTo("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");

        assertThat(answer.complete()).isFalse();
        assertThat(answer.ending()).isEqualTo(RawAnswer.Ending.END);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("half");
    }

    @Test
    void sees_chunks_without_a_last_one_as_cut_off() {
        RawAnswer answer = answerTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");

        assertThat(answer.complete()).isFalse();
        assertThat(answer.text()).isEqualTo("half");
    }

    @Test
    void sees_no_answer_as_status_0() {
        RawAnswer answer = answerTo("");

        assertThat(answer.status()).isZero();
        assertThat(answer.complete()).isFalse();
    }

    @Test
    void reads_chunks_and_trailers() {
        RawAnswer answer = answerTo(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nGrpc-Status: 0\r\n\r\n");

        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void fails_on_an_answer_that_breaks_the_rules() {
        assertThatThrownBy(() -> answerTo("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"))
                .hasMessageContaining("Content-Length");
        assertThatThrownBy(() -> answerTo("HTTP/1.1 200 OK\nX: y\n\n")).hasMessageContaining("bare LF");
    }

    @Test
    void tells_how_the_connection_ended() {
        try (FakeService service = FakeService.script(s ->
                        s.awaitRequest().send("x").pause(Duration.ofMillis(20)).reset());
                RawClient client = RawClient.connect(service.port())) {
            RawClient.Rest rest = client.send(GET).readToEnd();

            assertThat(rest.text()).isEqualTo("x");
            assertThat(rest.ending()).isEqualTo(RawAnswer.Ending.RESET);
        }
    }

    @Test
    void may_close_only_its_sending_direction() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            assertThat(client.send(GET).halfClose().readAnswer().text()).isEqualTo("ok");
        }
    }

    @Test
    void reads_slowly() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest().sendBig(100));
                RawClient client = RawClient.connect(service.port(), 2048)) {
            assertThat(client.send(GET).readSlowly(100, 9, Duration.ofMillis(1)))
                    .isEqualTo(BigBody.first(100));
        }
    }

    @Test
    void sends_slowly() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            assertThat(client.sendSlowly(GET, 1, Duration.ZERO).readAnswer().status())
                    .isEqualTo(200);
        }
    }

    private static RawAnswer answerTo(String rawAnswer) {
        try (FakeService service =
                FakeService.script(s -> s.awaitRequest().send(rawAnswer).close())) {
            return RawClient.ask(service.port(), GET);
        }
    }
}
