package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.octets;
import static dev.gatehouse.http1.Heads.response;
import static dev.gatehouse.http1.Heads.responseFault;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.FieldBlock.Progress;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112 §4 and §6.3.
class ResponseHeadTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "HTTP/1.1 200 OK|200|OK",
                "HTTP/1.0 200 OK|200|OK",
                "HTTP/1.1 404 Not Found|404|Not Found",
                "HTTP/1.1 200 |200|",
                "HTTP/1.1 200|200|",
                "HTTP/1.1 200  OK |200| OK ",
                "HTTP/1.1 100 Continue|100|Continue",
                "HTTP/1.1 599 x|599|x",
                "HTTP/1.1 299 caf\u00e9\t!|299|caf\u00e9\t!"
            })
    void reads_the_status_line(String line, int status, String reason) {
        ParsedResponse response = response(line + "\r\n\r\n");

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text(response.reasonStart(), response.reasonEnd())).isEqualTo(reason == null ? "" : reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1",
                "HTTP/1.1 ",
                "HTTP/1.1 20",
                "HTTP/1.1 20 OK",
                "HTTP/1.1 2000",
                "HTTP/1.1 200OK",
                "HTTP/1.1  200 OK",
                "HTTP/1.1\t200 OK",
                "HTTP/1.1 099 x",
                "HTTP/1.1 600 x",
                "HTTP/1.1 999 x",
                "HTTP/1.1 -20 x",
                "HTTP/1.1 2x0 x",
                "HTTP/1.2 200 OK",
                "HTTP/2.0 200 OK",
                "HTTP/1.x 200 OK",
                "HTTP/0.9 200 OK",
                "http/1.1 200 OK",
                " HTTP/1.1 200 OK",
                "ICY 200 OK 12345",
                "HTTP/1.1 200 O\0K",
                "HTTP/1.1 200 O\rK",
                "HTTP/1.1 200 OK\r",
                "HTTP/1.1 200 \u007f",
                "<html>not http at all"
            })
    void any_other_status_line_is_refused(String line) {
        assertThat(responseFault(line + "\r\n\r\n")).isEqualTo(HeadFault.STATUS_LINE_INVALID);
    }

    @Test
    void no_empty_line_before_an_answer_is_forgiven() {
        assertThat(responseFault("\r\n" + OK + "\r\n")).isEqualTo(HeadFault.STATUS_LINE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 200 OK\n\r\n", "\n", "HTTP/1.1 200 OK\r\nA: b\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n\n"})
    void a_bare_lf_ends_no_line(String text) {
        assertThat(responseFault(text)).isEqualTo(HeadFault.LINE_END_INVALID);
    }

    @Test
    void a_status_line_may_have_8192_octets() {
        String longest = "HTTP/1.1 200 " + "r".repeat(8192 - 13);

        assertThat(response(longest + "\r\n\r\n").status()).isEqualTo(200);
        assertThat(responseFault(longest + "r\r\n\r\n")).isEqualTo(HeadFault.STATUS_LINE_INVALID);
        assertThat(responseFault(longest + "rr")).isEqualTo(HeadFault.STATUS_LINE_INVALID);
    }

    @Test
    void a_head_may_have_65536_octets_and_100_fields() {
        String longest = "v".repeat(65536 - (OK + "A: \r\n\r\n").length());

        assertThat(response(OK + "A: " + longest + "\r\n\r\n").value(0)).isEqualTo(longest);
        assertThat(responseFault(OK + "A: " + longest + "v\r\n\r\n")).isEqualTo(HeadFault.HEAD_TOO_LARGE);
        assertThat(response(OK + "A: b\r\n".repeat(100) + "\r\n").count()).isEqualTo(100);
        assertThat(responseFault(OK + "A: b\r\n".repeat(101) + "\r\n")).isEqualTo(HeadFault.TOO_MANY_FIELDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Length: 5     | Content-Length: 5           | CONTENT_LENGTH_TWICE
            Content-Length: 5     | Content-Length: 6           | CONTENT_LENGTH_TWICE
            Content-Length: 5     | Transfer-Encoding: chunked  | LENGTH_AND_CODING
            Transfer-Encoding: x  | Content-Length: 0           | LENGTH_AND_CODING
            A: b                  | Content-Length: 5, 5        | CONTENT_LENGTH_INVALID
            A: b                  | Content-Length: -1          | CONTENT_LENGTH_INVALID
            A: b                  | Transfer-Encoding: gzip     | CODING_NOT_CHUNKED
            A: b                  | Transfer-Encoding:          | CODING_NOT_CHUNKED
            A: b                  | Transfer-Encoding: gzip, chunked    | CODING_NOT_CHUNKED
            Transfer-Encoding: chunked | Transfer-Encoding: chunked     | CODING_NOT_CHUNKED
            A: b                  | B : c                       | FIELD_NAME_INVALID
            """)
    void an_answer_whose_framing_is_in_doubt_is_refused(String first, String second, HeadFault fault) {
        assertThat(responseFault(OK + first + "\r\n" + second + "\r\n\r\n")).isEqualTo(fault);
    }

    @Test
    void connection_may_have_32_options() {
        assertThat(response(OK + "Connection: " + "x,".repeat(32) + "\r\n\r\n").keepAlive())
                .isTrue();
        assertThat(responseFault(OK + "Connection: " + "x,".repeat(33) + "\r\n\r\n"))
                .isEqualTo(HeadFault.CONNECTION_OPTIONS);
    }

    @Test
    void http_1_0_has_no_transfer_coding() {
        assertThat(responseFault("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(HeadFault.CODING_IN_HTTP_1_0);
    }

    @Test
    void a_spelling_with_underscore_frames_nothing() {
        ParsedResponse response = response(OK + "Content_Length: 5\r\nTransfer_Encoding: chunked\r\n\r\n");

        assertThat(response.contentLength()).isEqualTo(-1);
        assertThat(response.isChunked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | A: b                        | true
            200 | Content-Length: 5           | true
            200 | Content-Length: 0           | false
            200 | Transfer-Encoding: chunked  | true
            404 | A: b                        | true
            205 | A: b                        | true
            204 | A: b                        | false
            204 | Content-Length: 5           | false
            204 | Transfer-Encoding: chunked  | false
            304 | Content-Length: 5           | false
            304 | Transfer-Encoding: chunked  | false
            100 | A: b                        | false
            101 | Content-Length: 5           | false
            """)
    void status_and_fields_say_whether_a_body_follows(int status, String line, boolean hasBody) {
        ParsedResponse response = response("HTTP/1.1 " + status + "\r\n" + line + "\r\n\r\n");

        assertThat(response.hasBody(false)).isEqualTo(hasBody);
        assertThat(response.hasBody(true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            204 | Content-Length: 5           | true
            204 | Transfer-Encoding: chunked  | true
            103 | Content-Length: 5           | true
            101 | Transfer-Encoding: chunked  | true
            204 | Content-Length: 0           | false
            204 | A: b                        | false
            304 | Content-Length: 5           | false
            200 | Content-Length: 5           | false
            """)
    void a_body_that_the_status_cannot_have_is_noticed(int status, String line, boolean impossible) {
        assertThat(response("HTTP/1.1 " + status + "\r\n" + line + "\r\n\r\n").announcesImpossibleBody())
                .isEqualTo(impossible);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "102, true", "103, true", "199, true", "101, false", "200, false", "404, false"})
    void an_interim_answer_is_followed_by_another(int status, boolean interim) {
        assertThat(response("HTTP/1.1 " + status + " x\r\n\r\n").isInterim()).isEqualTo(interim);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 | A: b                           | true
            HTTP/1.1 | Connection: close              | false
            HTTP/1.1 | Connection: keep-alive, Close  | false
            HTTP/1.0 | A: b                           | false
            HTTP/1.0 | Connection: Keep-Alive         | true
            """)
    void the_connection_lives_on_as_version_and_options_say(String version, String line, boolean keepAlive) {
        assertThat(response(version + " 200 OK\r\n" + line + "\r\n\r\n").keepAlive())
                .isEqualTo(keepAlive);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Upgrade: websocket | Connection: Upgrade  | true
            Upgrade: websocket | A: b                 | false
            A: b               | Connection: upgrade  | false
            """)
    void an_upgrade_needs_both_its_fields(String first, String second, boolean upgrade) {
        assertThat(response("HTTP/1.1 101 x\r\n" + first + "\r\n" + second + "\r\n\r\n")
                        .isUpgrade())
                .isEqualTo(upgrade);
    }

    @Test
    void octets_behind_the_head_are_left_in_the_buffer() {
        ByteBuf in = octets(OK + "\r\nthe body");

        assertThat(new ParsedResponse().parse(in, HeadLimits.DEFAULT)).isEqualTo(Progress.COMPLETE);
        assertThat(in.toString(US_ASCII)).isEqualTo("the body");
    }

    @Test
    void the_next_answer_remembers_nothing_of_the_last() {
        ParsedResponse response = response(
                "HTTP/1.0 101 x\r\nConnection: keep-alive, upgrade\r\nUpgrade: x\r\nContent-Length: 5\r\n\r\n");

        response.reset();

        assertThat(response.parse(octets(OK + "A: b\r\n\r\n"), HeadLimits.DEFAULT))
                .isEqualTo(Progress.COMPLETE);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.contentLength()).isEqualTo(-1);
        assertThat(response.isUpgrade()).isFalse();
        assertThat(response.keepAlive()).isTrue();
        assertThat(response.dropped(0)).isFalse();
    }
}
