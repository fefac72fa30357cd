package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.octets;
import static dev.gatehouse.http1.Heads.request;
import static dev.gatehouse.http1.Heads.requestFault;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.FieldBlock.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112 §5 and §6, RFC 9110 §5, §7 and §10: what the fields of a request may look like, and what they say.
class RequestFieldsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";
    private static final String GET_1_0 = "GET / HTTP/1.0\r\n";

    // --- Lines

    @Test
    void reads_names_and_values_without_the_white_space_around_them() {
        ParsedRequest request = request(GET + "A:b\r\nC: \t d\te \t \r\nE:\r\nF:  \t\r\n\r\n");

        assertThat(request.count()).isEqualTo(5);
        assertThat(request.name(1)).isEqualTo("A");
        assertThat(request.value(1)).isEqualTo("b");
        assertThat(request.value(2)).isEqualTo("d\te");
        assertThat(request.value(3)).isEmpty();
        assertThat(request.value(4)).isEmpty();
    }

    @Test
    void octets_above_ascii_in_a_value_go_through() {
        assertThat(request(GET + "A: caf\u00e9 \u0080\u00ff\r\n\r\n").value(1)).isEqualTo("caf\u00e9 \u0080\u00ff");
    }

    @Test
    void finds_a_field_by_any_name_in_any_case() {
        ParsedRequest request = request(GET + "Accept: one\r\nX_Y: not this\r\nx-y: two\r\nACCEPT: three\r\n\r\n");
        byte[] accept = "accept".getBytes(US_ASCII);
        byte[] dashed = "x-y".getBytes(US_ASCII);

        assertThat(request.find(accept, FieldBlock.hash(accept), 0)).isEqualTo(1);
        assertThat(request.find(accept, FieldBlock.hash(accept), 2)).isEqualTo(4);
        assertThat(request.find(accept, FieldBlock.hash(accept), 5)).isEqualTo(-1);
        assertThat(request.find(dashed, FieldBlock.hash(dashed), 0)).isEqualTo(3);
        assertThat(request.find(KnownField.HOST)).isZero();
        assertThat(request.find(KnownField.VIA)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": x",
                "A : x",
                "A\t: x",
                "A",
                "A B: x",
                "A\0: x",
                "A\u007f: x",
                "A\u0080: x",
                "(A): x",
                "A/B: x",
                "\"A\": x",
                "A\rB: x",
                "\r: x",
                "=: x",
                "{: x",
                "Transfer-Encoding : chunked"
            })
    void a_name_is_a_token_right_before_the_colon(String line) {
        assertThat(requestFault(GET + line + "\r\n\r\n")).isEqualTo(HeadFault.FIELD_NAME_INVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x08, 0x0b, 0x0c, 0x0e, 0x1b, 0x1f, 0x7f})
    void a_value_has_no_control_character(int control) {
        char c = (char) control;

        assertThat(requestFault(GET + "A: x" + c + "y\r\n\r\n")).isEqualTo(HeadFault.FIELD_VALUE_INVALID);
        assertThat(requestFault(GET + "A: " + c + "\r\n\r\n")).isEqualTo(HeadFault.FIELD_VALUE_INVALID);
        assertThat(requestFault(GET + "A: a long value, and then\t" + c + " more of it\r\n\r\n"))
                .isEqualTo(HeadFault.FIELD_VALUE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A: b\n\r\n", "A: b\nB: c\r\n\r\n", "\n", "A: b\r\n\n", "A: b\rc\r\n\r\n", "A: b\r\r\n\r\n"})
    void a_line_ends_in_cr_lf_and_in_nothing_else(String lines) {
        assertThat(requestFault(GET + lines)).isEqualTo(HeadFault.LINE_END_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: b\r\n c\r\n\r\n", "A: b\r\n\tc\r\n\r\n", "A: b\r\n \r\n\r\n", "A: b\r\n\t: x\r\n\r\n"})
    void a_folded_line_is_refused(String lines) {
        assertThat(requestFault(GET + lines)).isEqualTo(HeadFault.LINE_FOLDED);
    }

    @Test
    void white_space_before_the_first_field_is_refused() {
        assertThat(requestFault("GET / HTTP/1.1\r\n Host: a\r\n\r\n")).isEqualTo(HeadFault.LINE_FOLDED);
    }

    // --- Limits

    @Test
    void a_head_may_have_65536_octets() {
        int others = (GET + "A: \r\n\r\n").length();
        String longest = "v".repeat(65536 - others);

        assertThat(request(GET + "A: " + longest + "\r\n\r\n").value(1)).isEqualTo(longest);
        assertThat(requestFault(GET + "A: " + longest + "v\r\n\r\n")).isEqualTo(HeadFault.HEAD_TOO_LARGE);
    }

    @Test
    void a_head_that_never_ends_is_refused_at_its_limit_and_takes_no_more_memory() {
        ParsedRequest request = new ParsedRequest();
        String open = GET + "A: " + "v".repeat(65535 - GET.length() - 3);

        assertThat(request.parse(octets(open), HeadLimits.DEFAULT)).isEqualTo(Progress.INCOMPLETE);
        assertThat(request.parse(octets("v".repeat(1000)), HeadLimits.DEFAULT)).isEqualTo(Progress.REFUSED);
        assertThat(request.fault()).isEqualTo(HeadFault.HEAD_TOO_LARGE);
        assertThat(request.bytes().length).isLessThanOrEqualTo(65538);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 2047, 2048, 2049, 3000})
    void every_limit_is_exact_however_the_head_arrives(int limit) {
        HeadLimits limits = new HeadLimits(limit, 64, 10);
        String fits = GET + "A: " + "v".repeat(limit - GET.length() - 7) + "\r\n\r\n";
        String tooLarge = fits.replace("v\r\n\r\n", "vv\r\n\r\n");

        for (int split = 0; split <= limit; split++) {
            ParsedRequest request = new ParsedRequest();
            assertThat(request.parse(octets(fits.substring(0, split)), limits))
                    .isEqualTo(split < limit ? Progress.INCOMPLETE : Progress.COMPLETE);
            if (split < limit) {
                assertThat(request.parse(octets(fits.substring(split)), limits)).isEqualTo(Progress.COMPLETE);
            }
            request.reset();
            assertThat(request.parse(octets(tooLarge.substring(0, split)), limits))
                    .isEqualTo(split < limit ? Progress.INCOMPLETE : Progress.REFUSED);
            if (split < limit) {
                assertThat(request.parse(octets(tooLarge.substring(split)), limits))
                        .isEqualTo(Progress.REFUSED);
            }
            assertThat(request.fault()).isEqualTo(HeadFault.HEAD_TOO_LARGE);
            assertThat(request.bytes().length).isLessThanOrEqualTo(Math.max(2048, limit + 2));
        }
    }

    @Test
    void a_request_may_have_100_fields() {
        assertThat(request(GET + "A: b\r\n".repeat(99) + "\r\n").count()).isEqualTo(100);
        assertThat(requestFault(GET + "A: b\r\n".repeat(100) + "\r\n")).isEqualTo(HeadFault.TOO_MANY_FIELDS);
        assertThat(requestFault(GET + "A: b\r\n".repeat(9_999) + "\r\n")).isEqualTo(HeadFault.TOO_MANY_FIELDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {8191, 8192, 8193, 32_768})
    void a_single_field_has_no_limit_of_its_own(int size) {
        assertThat(request(GET + "A: " + "v".repeat(size) + "\r\n\r\n").value(1))
                .hasSize(size);
        assertThat(request(GET + "n".repeat(size) + ": v\r\n\r\n").name(1)).hasSize(size);
    }

    // --- Host

    @Test
    void http_1_1_needs_exactly_one_host() {
        assertThat(requestFault("GET / HTTP/1.1\r\n\r\n")).isEqualTo(HeadFault.HOST_MISSING);
        assertThat(requestFault("GET http://a/ HTTP/1.1\r\n\r\n")).isEqualTo(HeadFault.HOST_MISSING);
        assertThat(requestFault(GET + "host: a\r\n\r\n")).isEqualTo(HeadFault.HOST_TWICE);
        assertThat(requestFault("GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"))
                .isEqualTo(HeadFault.HOST_TWICE);
    }

    @Test
    void http_1_0_needs_no_host_and_takes_only_one() {
        assertThat(request(GET_1_0 + "\r\n").host()).isEmpty();
        assertThat(request(GET_1_0 + "Host: a\r\n\r\n").host()).isEqualTo("a");
        assertThat(requestFault(GET_1_0 + "Host: a\r\nHost: b\r\n\r\n")).isEqualTo(HeadFault.HOST_TWICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b", "a b", "a:99999", "a:", "a,b", "a/b", "http://a"})
    void a_host_that_is_no_authority_is_refused(String host) {
        assertThat(requestFault("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo(HeadFault.AUTHORITY_INVALID);
        assertThat(requestFault("GET http://good/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .isEqualTo(HeadFault.AUTHORITY_INVALID);
    }

    // --- Framing

    @Test
    void a_request_without_length_and_coding_has_no_body() {
        ParsedRequest request = request("POST / HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(request.contentLength()).isEqualTo(-1);
        assertThat(request.isChunked()).isFalse();
        assertThat(request.hasBody()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "5, 5, true", "0005, 5, true", "999999999999999999, 999999999999999999, true"})
    void content_length_frames_the_body(String sent, long length, boolean hasBody) {
        ParsedRequest request = request(GET + "content-length: " + sent + "\r\n\r\n");

        assertThat(request.contentLength()).isEqualTo(length);
        assertThat(request.hasBody()).isEqualTo(hasBody);
        assertThat(request.isChunked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+5",
                "-5",
                "5, 5",
                "5,6",
                "5;",
                "0x5",
                "5 5",
                "five",
                "1000000000000000000",
                "99999999999999999999",
                "5.0",
                "\u00b2"
            })
    void content_length_is_one_decimal_number(String sent) {
        assertThat(requestFault(GET + "Content-Length: " + sent + "\r\n\r\n"))
                .isEqualTo(HeadFault.CONTENT_LENGTH_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "6"})
    void content_length_stands_once_even_when_both_agree(String second) {
        assertThat(requestFault(GET + "Content-Length: 5\r\nContent-Length: " + second + "\r\n\r\n"))
                .isEqualTo(HeadFault.CONTENT_LENGTH_TWICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "CHUNKED", "Chunked"})
    void chunked_frames_the_body(String coding) {
        ParsedRequest request = request(GET + "transfer-ENCODING: " + coding + "\r\n\r\n");

        assertThat(request.isChunked()).isTrue();
        assertThat(request.hasBody()).isTrue();
        assertThat(request.contentLength()).isEqualTo(-1);
    }

    @Test
    void length_and_coding_together_are_refused_in_either_order() {
        assertThat(requestFault(GET + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(HeadFault.LENGTH_AND_CODING);
        assertThat(requestFault(GET + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(HeadFault.LENGTH_AND_CODING);
        assertThat(requestFault(GET + "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n"))
                .isEqualTo(HeadFault.LENGTH_AND_CODING);
    }

    @Test
    void http_1_0_has_no_transfer_coding() {
        assertThat(requestFault(GET_1_0 + "Transfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(HeadFault.CODING_IN_HTTP_1_0);
        assertThat(requestFault(GET_1_0 + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"))
                .isEqualTo(HeadFault.CODING_IN_HTTP_1_0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "gzip",
                "xchunked",
                "chunked;q=1",
                "chunkedx",
                "\"chunked\"",
                "chunked, identity",
                "chunked, chunked",
                "chunked,",
                ",chunked",
                "chunked gzip"
            })
    void a_coding_that_does_not_end_in_one_chunked_is_refused(String coding) {
        assertThat(requestFault(GET + "Transfer-Encoding: " + coding + "\r\n\r\n"))
                .isEqualTo(HeadFault.CODING_NOT_CHUNKED);
    }

    @Test
    void two_transfer_encodings_are_refused() {
        assertThat(requestFault(GET + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(HeadFault.CODING_NOT_CHUNKED);
        assertThat(requestFault(GET + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo(HeadFault.CODING_NOT_CHUNKED);
    }

    @Test
    void another_coding_under_chunked_is_not_supported() {
        assertThat(requestFault(GET + "Transfer-Encoding: gzip, chunked\r\n\r\n"))
                .isEqualTo(HeadFault.CODING_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content_Length: 5", "Transfer_Encoding: chunked", "transfer_Encoding: x", "Content_Length: x"})
    void a_spelling_with_underscore_frames_nothing(String line) {
        ParsedRequest request = request(GET + line + "\r\n\r\n");

        assertThat(request.hasBody()).isFalse();
        assertThat(request.dropped(1)).isTrue();
    }

    // --- Connection, Expect, TE, Upgrade

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 | X: y                                    | true
            HTTP/1.1 | Connection: close                       | false
            HTTP/1.1 | Connection: CLOSE                       | false
            HTTP/1.1 | Connection: x , close ,y                | false
            HTTP/1.1 | Connection: keep-alive, close           | false
            HTTP/1.1 | Connection: "close"                     | true
            HTTP/1.1 | Proxy-Connection: close                 | true
            HTTP/1.0 | X: y                                    | false
            HTTP/1.0 | Connection: keep-alive                  | true
            HTTP/1.0 | Connection: Keep-Alive                  | true
            HTTP/1.0 | Connection: keep-alive, close           | false
            HTTP/1.0 | Connection: keep_alive                  | false
            HTTP/1.0 | Proxy-Connection: keep-alive            | false
            """)
    void the_connection_lives_on_as_version_and_options_say(String version, String line, boolean keepAlive) {
        assertThat(request("GET / " + version + "\r\nHost: a\r\n" + line + "\r\n\r\n")
                        .keepAlive())
                .isEqualTo(keepAlive);
    }

    @Test
    void a_close_in_any_connection_field_counts() {
        assertThat(request(GET + "Connection: close\r\nConnection: keep-alive\r\n\r\n")
                        .keepAlive())
                .isFalse();
    }

    @Test
    void connection_may_have_32_options() {
        assertThat(request(GET + "Connection: " + "x,".repeat(32) + "\r\n\r\n").keepAlive())
                .isTrue();
        assertThat(requestFault(GET + "Connection: " + "x,".repeat(33) + "\r\n\r\n"))
                .isEqualTo(HeadFault.CONNECTION_OPTIONS);
        assertThat(requestFault(GET + "Connection: x\r\n".repeat(33) + "\r\n")).isEqualTo(HeadFault.CONNECTION_OPTIONS);
    }

    @Test
    void empty_connection_options_do_not_count() {
        assertThat(request(GET + "Connection: " + ", \t,".repeat(1000) + "close\r\n\r\n")
                        .keepAlive())
                .isFalse();
    }

    @Test
    void expects_100_continue_and_nothing_else() {
        assertThat(request(GET + "\r\n").expectsContinue()).isFalse();
        assertThat(request(GET + "Expect: 100-continue\r\n\r\n").expectsContinue())
                .isTrue();
        assertThat(request(GET + "expect: 100-Continue\r\n\r\n").expectsContinue())
                .isTrue();
        assertThat(requestFault(GET + "Expect: 100-continue, x\r\n\r\n")).isEqualTo(HeadFault.EXPECTATION_UNKNOWN);
        assertThat(requestFault(GET + "Expect:\r\n\r\n")).isEqualTo(HeadFault.EXPECTATION_UNKNOWN);
        assertThat(requestFault(GET + "Expect: x\r\n\r\n")).isEqualTo(HeadFault.EXPECTATION_UNKNOWN);
    }

    @Test
    void http_1_0_cannot_expect_anything() {
        ParsedRequest request = request(GET_1_0 + "Expect: 100-continue\r\n\r\n");

        assertThat(request.expectsContinue()).isFalse();
        assertThat(request.dropped(0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"TE: trailers|true", "TE: Trailers|true", "TE: gzip|false", "T_E: trailers|false", "X: y|false"})
    void a_client_says_that_it_reads_trailers(String line, boolean accepts) {
        assertThat(request(GET + line + "\r\n\r\n").acceptsTrailers()).isEqualTo(accepts);
    }

    @Test
    void an_upgrade_is_asked_for_with_upgrade_and_its_connection_option() {
        ParsedRequest request = request(GET + "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\r\n");

        assertThat(request.upgradeField()).isEqualTo(1);
        assertThat(request.dropped(1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: a\r\nUpgrade: b\r\nUpgrade: c\r\n",
                "GET / HTTP/1.0\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
            })
    void half_an_upgrade_is_none(String head) {
        assertThat(request(head + "\r\n").upgradeField()).isEqualTo(-1);
    }
}
