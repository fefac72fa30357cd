package dev.gatehouse.engine.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import org.junit.jupiter.api.Test;

class HeaderListTest {
    private static final HeadLimits LIMITS = new HeadLimits(1024, 256, 10);

    private final RequestList requests = new RequestList();
    private final ResponseList responses = new ResponseList();

    @Test
    void a_request_becomes_the_lines_of_http_1() {
        assertThat(request(
                        true,
                        ":method", "GET", ":path", "/a?b", ":scheme", "https", ":authority", "shop.example",
                        "accept", "*/*"))
                .isEqualTo("GET /a?b HTTP/1.1\r\nhost: shop.example\r\naccept: */*\r\n\r\n");
    }

    @Test
    void the_order_of_pseudo_fields_does_not_matter() {
        assertThat(request(true, ":authority", "a", ":scheme", "http", ":path", "/", ":method", "PUT"))
                .isEqualTo("PUT / HTTP/1.1\r\nhost: a\r\n\r\n");
    }

    @Test
    void crumbs_of_cookies_are_one_field_behind_the_others() {
        assertThat(request(
                        true,
                        ":method", "GET", ":path", "/", ":scheme", "http", ":authority", "a",
                        "cookie", "x=1", "accept", "b", "cookie", "y=2"))
                .endsWith("accept: b\r\ncookie: x=1; y=2\r\n\r\n");
    }

    @Test
    void a_body_without_a_length_is_chunked() {
        assertThat(request(false, ":method", "POST", ":path", "/", ":scheme", "http", ":authority", "a"))
                .endsWith("transfer-encoding: chunked\r\n\r\n");
        assertThat(request(
                        false,
                        ":method", "POST", ":path", "/", ":scheme", "http", ":authority", "a",
                        "content-length", "5"))
                .endsWith("content-length: 5\r\n\r\n");
    }

    @Test
    void a_host_field_stands_in_for_an_authority_and_is_not_written_twice() {
        assertThat(request(true, ":method", "GET", ":path", "/", ":scheme", "http", "host", "a"))
                .isEqualTo("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
        assertThat(request(true, ":method", "GET", ":path", "/", ":scheme", "http", ":authority", "a", "host", "A"))
                .isEqualTo("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    }

    @Test
    void a_list_after_a_malformed_one_is_read_as_if_it_were_the_first() {
        assertThat(request(true, ":method", "GET", ":path", "/", ":scheme", "http", "Upper", "a"))
                .isEqualTo("malformed");
        assertThat(request(true, ":method", "GET", ":path", "/", ":scheme", "http", ":authority", "a"))
                .isEqualTo("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    }

    @Test
    void an_extended_connect_is_the_upgrade_it_stands_for() {
        requests.extendedConnect(true);
        assertThat(request(
                        false,
                        ":method", "CONNECT", ":protocol", "websocket", ":scheme", "https", ":path", "/chat",
                        ":authority", "a", "sec-websocket-key", "theirs", "origin", "https://a"))
                .startsWith("GET /chat HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: ")
                .endsWith("==\r\nhost: a\r\norigin: https://a\r\n\r\n")
                .doesNotContain("theirs");
        assertThat(requests.isTunnel()).isTrue();
    }

    @Test
    void what_exceeds_the_limits_is_refused_by_the_parser_not_by_the_list() {
        ParsedRequest request = new ParsedRequest();
        requests.begin(LIMITS);
        tell(requests, ":method", "GET", ":path", "/", ":scheme", "http", ":authority", "a");
        for (int i = 0; i < 5000; i++) {
            tell(requests, "x-large", "v".repeat(500));
        }
        assertThat(requests.finish(true)).isTrue();
        assertThat(requests.lines.length()).isLessThan(2048);
        assertThat(requests.parse(request, LIMITS)).isEqualTo(Progress.REFUSED);
        assertThat(request.fault()).isEqualTo(HeadFault.HEAD_TOO_LARGE);
    }

    @Test
    void an_answer_becomes_a_status_line_and_fields() {
        ParsedResponse response = new ParsedResponse();
        responses.begin(LIMITS);
        tell(responses, ":status", "418", "server", "pot");
        assertThat(responses.finish(false)).isTrue();
        assertThat(responses.lines).hasToString("HTTP/1.1 418 \r\nserver: pot\r\n\r\n");
        assertThat(responses.parse(response, LIMITS)).isEqualTo(Progress.COMPLETE);
        assertThat(response.status()).isEqualTo(418);
    }

    @Test
    void an_answer_without_one_status_of_three_digits_is_malformed() {
        assertThat(answers("server", "a")).isFalse();
        assertThat(answers(":status", "20")).isFalse();
        assertThat(answers(":status", "2x0")).isFalse();
        assertThat(answers(":status", "200", ":status", "200")).isFalse();
        assertThat(answers(":status", "101")).isFalse();
        assertThat(answers(":path", "/", ":status", "200")).isFalse();
        assertThat(answers(":status", "200", "connection", "close")).isFalse();
    }

    private boolean answers(String... fields) {
        responses.begin(LIMITS);
        tell(responses, fields);
        return responses.finish(false);
    }

    private String request(boolean end, String... fields) {
        requests.begin(LIMITS);
        tell(requests, fields);
        return requests.finish(end) ? requests.lines.toString() : "malformed";
    }

    private static void tell(HeaderList list, String... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            byte[] name = fields[i].getBytes(ISO_8859_1);
            byte[] value = fields[i + 1].getBytes(ISO_8859_1);
            list.field(name, 0, name.length, value, 0, value.length);
        }
    }
}
