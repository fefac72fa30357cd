package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.octets;
import static dev.gatehouse.http1.Heads.request;
import static dev.gatehouse.http1.Heads.requestFault;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http1.FieldBlock.Progress;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112 §3.
class RequestLineTest {
    private static final String REST = "\r\nHost: a\r\n\r\n";

    @Test
    void reads_method_path_query_and_version() {
        ParsedRequest request = request("POST /a/b?c=d HTTP/1.1" + REST);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/a/b");
        assertThat(request.hasQuery()).isTrue();
        assertThat(request.query()).isEqualTo("c=d");
        assertThat(request.isHttp10()).isFalse();
        assertThat(request.isAbsolute()).isFalse();
        assertThat(request.host()).isEqualTo("a");
    }

    @Test
    void a_lower_case_method_is_another_method() {
        ParsedRequest request = request("head / HTTP/1.1" + REST);

        assertThat(request.method()).isEqualTo("head");
        assertThat(request.isHead()).isFalse();
        assertThat(request.isIdempotent()).isFalse();
        assertThat(request("HEAD / HTTP/1.1" + REST).isHead()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void some_methods_may_be_sent_twice(String method) {
        assertThat(request(method + " / HTTP/1.1" + REST).isIdempotent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "QUERY", "GETS", "GE"})
    void other_methods_must_not_be_sent_twice(String method) {
        assertThat(request(method + " / HTTP/1.1" + REST).isIdempotent()).isFalse();
    }

    @Test
    void a_method_may_have_32_octets() {
        assertThat(request("M".repeat(32) + " / HTTP/1.1" + REST).method()).hasSize(32);
        assertThat(requestFault("M".repeat(33) + " / HTTP/1.1" + REST)).isEqualTo(HeadFault.METHOD_TOO_LONG);
    }

    @Test
    void a_long_method_is_refused_before_its_line_ends() {
        assertThat(requestFault("M".repeat(33))).isEqualTo(HeadFault.METHOD_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001", " GET", "G(T", "GET\t/", "G\u00c9T", "\n", "\0", ":", "GET/"})
    void what_cannot_begin_a_request_is_refused_at_once(String text) {
        assertThat(requestFault(text)).isEqualTo(HeadFault.METHOD_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT a:443 HTTP/1.1", "TRACE / HTTP/1.1", "CONNECT / HTTP/1.0"})
    void connect_and_trace_are_not_served(String line) {
        assertThat(requestFault(line + REST)).isEqualTo(HeadFault.METHOD_NOT_ALLOWED);
    }

    @Test
    void the_preface_of_http_2_is_recognised() {
        assertThat(requestFault("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).isEqualTo(HeadFault.HTTP2_PREFACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/2.0", "GET / HTTP/1.2", "GET / HTTP/1.9", "GET / HTTP/0.9", "GET / HTTP/3.0"})
    void other_versions_are_not_spoken(String line) {
        assertThat(requestFault(line + REST)).isEqualTo(HeadFault.VERSION_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET ",
                "GET /",
                "GET / ",
                "GET  HTTP/1.1",
                "GET HTTP/1.1",
                "GET HTTP/2.0",
                "GET / http/1.1",
                "GET / HTTP/1.1 ",
                "GET / HTTP/1.x",
                "GET / HTTP/11",
                "GET / HTTP/1.10",
                "GET / HTTQ/1.1",
                "GET / HTTP/a.1",
                "GET /HTTP/1.1",
                "GET /\tHTTP/1.1",
                "GET /\rHTTP/1.1"
            })
    void a_line_that_is_not_method_target_version_is_refused(String line) {
        assertThat(requestFault(line + REST)).isEqualTo(HeadFault.REQUEST_LINE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / x HTTP/1.1", "GET / HTTP/1.1 HTTP/1.1"})
    void more_than_two_spaces_in_the_line_are_refused(String line) {
        assertThat(requestFault(line + REST)).isEqualTo(HeadFault.TARGET_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\nHost: a\r\n\r\n", "GET /\n"})
    void a_bare_lf_does_not_end_the_line(String text) {
        assertThat(requestFault(text)).isEqualTo(HeadFault.LINE_END_INVALID);
    }

    @Test
    void a_bare_cr_in_the_line_is_refused() {
        assertThat(requestFault("GET /a\rb HTTP/1.1" + REST)).isEqualTo(HeadFault.TARGET_INVALID);
        assertThat(requestFault("GET / HTTP/1.1\r" + REST)).isEqualTo(HeadFault.REQUEST_LINE_INVALID);
    }

    @Test
    void one_empty_line_before_the_request_is_forgiven() {
        assertThat(request("\r\nGET / HTTP/1.1" + REST).method()).isEqualTo("GET");
        assertThat(requestFault("\r\n\r\nGET / HTTP/1.1" + REST)).isEqualTo(HeadFault.METHOD_INVALID);
        assertThat(requestFault("\nGET / HTTP/1.1" + REST)).isEqualTo(HeadFault.METHOD_INVALID);
        assertThat(requestFault("\rGET / HTTP/1.1" + REST)).isEqualTo(HeadFault.LINE_END_INVALID);
    }

    @Test
    void a_request_line_may_have_8192_octets() {
        int around = "GET  HTTP/1.1".length();
        String longest = "/" + "p".repeat(8192 - around - 1);

        assertThat(request("GET " + longest + " HTTP/1.1" + REST).path()).isEqualTo(longest);
        assertThat(request("\r\nGET " + longest + " HTTP/1.1" + REST).path()).isEqualTo(longest);
        assertThat(requestFault("GET " + longest + "p HTTP/1.1" + REST)).isEqualTo(HeadFault.REQUEST_LINE_TOO_LONG);
    }

    @Test
    void a_request_line_that_never_ends_is_refused_at_its_limit() {
        ParsedRequest request = new ParsedRequest();

        assertThat(request.parse(octets("GET /" + "p".repeat(8192 - 5) + "\r"), HeadLimits.DEFAULT))
                .isEqualTo(Progress.INCOMPLETE);
        assertThat(request.parse(octets("p"), HeadLimits.DEFAULT)).isEqualTo(Progress.REFUSED);
        assertThat(request.fault()).isEqualTo(HeadFault.REQUEST_LINE_TOO_LONG);
    }

    @Test
    void octets_behind_the_head_are_left_in_the_buffer() {
        ByteBuf in = octets("GET / HTTP/1.1" + REST + "the body");

        assertThat(new ParsedRequest().parse(in, HeadLimits.DEFAULT)).isEqualTo(Progress.COMPLETE);
        assertThat(in.toString(US_ASCII)).isEqualTo("the body");
    }

    @Test
    void an_empty_line_before_a_request_is_not_its_beginning() {
        ParsedRequest request = new ParsedRequest();

        request.parse(octets("\r\n"), HeadLimits.DEFAULT);
        assertThat(request.hasBegun()).isFalse();
        request.parse(octets("G"), HeadLimits.DEFAULT);
        assertThat(request.hasBegun()).isTrue();
    }

    @Test
    void a_head_may_arrive_octet_by_octet() {
        ParsedRequest request = new ParsedRequest();
        String text = "\r\nGET /a?b HTTP/1.1\r\nHost: a\r\nX: " + "v".repeat(5000) + "\r\n\r\n";
        for (int i = 0; i < text.length() - 1; i++) {
            assertThat(request.parse(octets(text.substring(i, i + 1)), HeadLimits.DEFAULT))
                    .isEqualTo(Progress.INCOMPLETE);
        }

        assertThat(request.parse(octets("\n"), HeadLimits.DEFAULT)).isEqualTo(Progress.COMPLETE);
        assertThat(request.path()).isEqualTo("/a");
        assertThat(request.value(1)).hasSize(5000);
    }

    @Test
    void the_next_request_remembers_nothing_of_the_last() {
        ParsedRequest request = request("POST http://b/x?y HTTP/1.1\r\nHost: b\r\nExpect: 100-continue\r\n"
                + "Connection: keep-alive, upgrade\r\nUpgrade: x\r\nTE: trailers\r\nContent-Length: 5\r\n"
                + "X: " + "v".repeat(60_000) + "\r\n\r\n");

        request.reset();

        assertThat(request.hasBegun()).isFalse();
        assertThat(request.bytes().length).isLessThanOrEqualTo(16 << 10);
        assertThat(request.parse(octets("GET / HTTP/1.1" + REST), HeadLimits.DEFAULT))
                .isEqualTo(Progress.COMPLETE);
        assertThat(request.host()).isEqualTo("a");
        assertThat(request.isAbsolute()).isFalse();
        assertThat(request.hasQuery()).isFalse();
        assertThat(request.query()).isEmpty();
        assertThat(request.contentLength()).isEqualTo(-1);
        assertThat(request.hasBody()).isFalse();
        assertThat(request.acceptsTrailers()).isFalse();
        assertThat(request.expectsContinue()).isFalse();
        assertThat(request.upgradeField()).isEqualTo(-1);
        assertThat(request.count()).isEqualTo(1);
        assertThat(request.dropped(0)).isFalse();
    }

    @Test
    void the_next_request_remembers_no_coding_and_no_version() {
        ParsedRequest request = request("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        request.reset();
        assertThat(request.parse(octets("GET / HTTP/1.0\r\n\r\n"), HeadLimits.DEFAULT))
                .isEqualTo(Progress.COMPLETE);
        assertThat(request.isChunked()).isFalse();
        assertThat(request.host()).isEmpty();
        request.reset();
        assertThat(request.parse(octets("GET / HTTP/1.1" + REST), HeadLimits.DEFAULT))
                .isEqualTo(Progress.COMPLETE);
        assertThat(request.isHttp10()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r",
                "\r\n",
                "\r\nG",
                "\r\nMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
                "\r\n(",
                "GET /a/../..?q HTTP/1.1\r\n",
                "GET /%00?q HTTP/1.1\r\n",
                "GET http://h/%00?q HTTP/1.1\r\n",
                "GET http://@ HTTP/1.1\r\n",
                "GET /a?% HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nbroken\r\n"
            })
    void what_has_come_of_a_request_can_be_logged(String text) {
        ParsedRequest request = new ParsedRequest();
        request.parse(octets(text), HeadLimits.DEFAULT);

        assertThat(request.method()).isIn("", "G", "GET");
        assertThat(request.path()).isIn("", "/", "/a");
        assertThat(request.query()).isIn("", "%");
        assertThat(request.host()).isIn("", "h", "@");
    }

    @Test
    void limits_below_what_any_request_needs_are_refused() {
        assertThatThrownBy(() -> new HeadLimits(255, 64, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeadLimits(256, 63, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeadLimits(256, 64, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_start_line_cannot_be_longer_than_the_head_it_is_part_of() {
        assertThatThrownBy(() -> new HeadLimits(256, 257, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
