package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.request;
import static dev.gatehouse.http1.Heads.response;
import static dev.gatehouse.http1.Heads.written;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9110 §7.6.1: which field lines go on to the next hop, and that they go as they came.
class ForwardedFieldsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";

    @Test
    void lines_are_written_as_they_came() {
        String lines = "hOsT: a\r\nX:y\r\nA: \t b  \r\nE:\r\nA: again\r\n";

        assertThat(written(request("GET / HTTP/1.1\r\n" + lines + "\r\n"))).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "Connection:",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authenticate: Basic",
                "Proxy-Authorization: Basic eDp5",
                "TE: trailers",
                "Transfer-Encoding: chunked",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "kEEP-aLIVE: x",
                "Keep_Alive: x",
                "Proxy_Connection: x"
            })
    void fields_of_one_hop_stay_behind(String line) {
        assertThat(written(request(GET + line + "\r\nX: y\r\n\r\n"))).isEqualTo("Host: a\r\nX: y\r\n");
        assertThat(written(response("HTTP/1.1 200 OK\r\n" + line + "\r\nX: y\r\n\r\n")))
                .isEqualTo("X: y\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content_Length: 5",
                "X_Forwarded_For: 127.0.0.1",
                "X_FORWARDED_PROTO: https",
                "X-Forwarded_For: 127.0.0.1",
                "X_Real_IP: 127.0.0.1",
                "X_Original_URL: /admin",
                "x_http_method_override: DELETE",
                "X_Request_Id: 7",
                "Gatehouse_Error: none"
            })
    void a_spelling_that_a_service_may_mistake_for_a_known_field_stays_behind(String line) {
        assertThat(written(request(GET + line + "\r\nX: y\r\n\r\n"))).isEqualTo("Host: a\r\nX: y\r\n");
    }

    @Test
    void an_underscore_in_any_other_name_goes_through() {
        assertThat(written(request(GET + "My_Field: x\r\n\r\n"))).isEqualTo("Host: a\r\nMy_Field: x\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Connection: x            | X: 1
            Connection: close, x     | X: 1
            Connection: X            | x: 1
            Connection: ,, x ,       | X: 1
            Connection: x-y          | X-Y: 1
            Connection: x-y          | X_Y: 1
            Connection: x_y          | X-Y: 1
            Connection: cookie       | Cookie: 1
            Connection: expect       | Expect: 100-continue
            """)
    void a_field_that_connection_nominates_stays_behind(String connection, String line) {
        assertThat(written(request(GET + connection + "\r\n" + line + "\r\n\r\n")))
                .isEqualTo("Host: a\r\n");
        assertThat(written(request(GET + line + "\r\n" + line + "\r\n" + connection + "\r\n\r\n")))
                .isEqualTo("Host: a\r\n");
        assertThat(written(response("HTTP/1.1 200 OK\r\n" + line + "\r\n" + connection + "\r\n\r\n")))
                .isEmpty();
    }

    @Test
    void a_field_is_nominated_by_its_whole_name_only() {
        String lines = "X: 1\r\nXYZ: 1\r\nY: 1\r\n";

        assertThat(written(request(GET + "Connection: xy, x y, \"x\", x=1\r\n" + lines + "\r\n")))
                .isEqualTo("Host: a\r\n" + lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host, content-length",
                "Host,Content-Length",
                "HOST, content_length",
                "close, Content-Length,host"
            })
    void connection_cannot_take_away_what_addresses_or_frames_the_message(String options) {
        ParsedRequest request = request(GET + "Content-Length: 5\r\nConnection: " + options + "\r\n\r\n");

        assertThat(request.host()).isEqualTo("a");
        assertThat(request.contentLength()).isEqualTo(5);
        assertThat(written(request)).isEqualTo("Host: a\r\nContent-Length: 5\r\n");
        assertThat(written(response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: " + options + "\r\n\r\n")))
                .isEqualTo("Content-Length: 5\r\n");
    }

    @Test
    void connection_cannot_take_away_the_framing_of_a_chunked_body() {
        ParsedRequest request = request(GET + "Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n\r\n");

        assertThat(request.isChunked()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ABCDE",
        "A, BCDE",
        "E, ABCD",
        "C, ABDE",
        "BC, ADE",
        "AB, CDE",
        "DE, ABC",
        "BD, ACE",
        "ACE, BD",
        "BCD, AE",
        "ABCDE, ''"
    })
    void every_run_of_dropped_lines_is_left_out(String drop, String left) {
        ParsedResponse response = response("HTTP/1.1 200 OK\r\nA: 1\r\nB:\r\nC: three \r\nD: 4\r\nE: 5\r\n\r\n");
        for (int i = 0; i < response.count(); i++) {
            response.drop(i, drop.contains(response.name(i)));
        }

        assertThat(written(response).replaceAll(":.*\r\n", "")).isEqualTo(left);
    }

    @Test
    void a_dropped_line_can_be_put_back() {
        ParsedRequest request = request(GET + "Upgrade: websocket\r\nConnection: upgrade\r\n\r\n");

        request.drop(request.upgradeField(), false);

        assertThat(written(request)).isEqualTo("Host: a\r\nUpgrade: websocket\r\n");
    }

    @Test
    void all_spellings_of_a_known_field_are_dropped_together() {
        ParsedResponse response = response("HTTP/1.1 200 OK\r\n"
                + "X-Forwarded-For: 1\r\nx_forwarded_for: 2\r\nX: y\r\nX-FORWARDED-FOR: 3\r\n\r\n");

        response.dropAll(KnownField.X_FORWARDED_FOR);

        assertThat(written(response)).isEqualTo("X: y\r\n");
    }

    @Test
    void a_head_without_fields_writes_nothing() {
        assertThat(written(request("GET / HTTP/1.0\r\n\r\n"))).isEmpty();
        assertThat(written(response("HTTP/1.1 200 OK\r\n\r\n"))).isEmpty();
    }
}
