package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.octets;
import static dev.gatehouse.http1.Heads.written;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9112 §6 and §7.
class BodyReaderTest {
    private final BodyReader reader = new BodyReader();
    private final StringBuilder body = new StringBuilder();

    @Test
    void an_empty_body_has_ended_already() {
        reader.startEmpty();

        assertThat(reader.ended()).isTrue();
        assertThat(reader.remaining()).isZero();
        assertThat(read("next")).isEqualTo(BodyReader.END);
        assertThat(body).isEmpty();
    }

    @Test
    void a_body_of_known_length_ends_there() {
        reader.startLength(5);
        ByteBuf in = octets("hellonext");

        assertThat(reader.remaining()).isEqualTo(5);
        assertThat(reader.next(in)).isEqualTo(5);
        in.skipBytes(5);
        assertThat(reader.remaining()).isZero();
        assertThat(reader.ended()).isTrue();
        assertThat(reader.next(in)).isEqualTo(BodyReader.END);
        assertThat(in.toString(ISO_8859_1)).isEqualTo("next");
    }

    @Test
    void a_body_of_length_0_has_ended_already() {
        reader.startLength(0);

        assertThat(reader.ended()).isTrue();
        assertThat(read("next")).isEqualTo(BodyReader.END);
    }

    @Test
    void a_body_may_arrive_in_pieces() {
        reader.startLength(5);

        assertThat(read("he")).isEqualTo(BodyReader.NEED_MORE);
        assertThat(reader.remaining()).isEqualTo(3);
        assertThat(reader.endsWithConnection()).isFalse();
        assertThat(read("")).isEqualTo(BodyReader.NEED_MORE);
        assertThat(read("llo")).isEqualTo(BodyReader.END);
        assertThat(body).hasToString("hello");
    }

    @Test
    void a_length_beyond_an_int_is_counted_down() {
        reader.startLength(5_000_000_000L);

        assertThat(read("x".repeat(100))).isEqualTo(BodyReader.NEED_MORE);
        assertThat(reader.remaining()).isEqualTo(4_999_999_900L);
        assertThat(reader.ended()).isFalse();
    }

    @Test
    void a_body_until_close_ends_with_the_connection() {
        reader.startUntilClose();

        assertThat(read("all of ")).isEqualTo(BodyReader.NEED_MORE);
        assertThat(read("it\r\n0\r\n\r\n")).isEqualTo(BodyReader.NEED_MORE);
        assertThat(reader.ended()).isFalse();
        assertThat(reader.remaining()).isEqualTo(-1);
        assertThat(reader.endsWithConnection()).isTrue();
        assertThat(reader.ended()).isTrue();
        assertThat(body).hasToString("all of it\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Content-Length: 5, false, 5, true",
        "200, Content-Length: 0, false, 0, true",
        "200, Content-Length: 5, true, 0, true",
        "204, X-Any: thing, false, 0, true",
        "200, Transfer-Encoding: chunked, false, -1, true",
        "200, X-Any: thing, false, -1, false"
    })
    void an_answer_has_the_body_its_head_frames(
            int status, String field, boolean toHead, long remaining, boolean bounded) {
        ParsedResponse head = Heads.response("HTTP/1.1 " + status + " So\r\n" + field + "\r\n\r\n");

        assertThat(reader.startAnswer(head, toHead)).isEqualTo(bounded);
        assertThat(reader.remaining()).isEqualTo(remaining);
        assertThat(reader.ended()).isEqualTo(remaining == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0\\r\\n\\r\\n|",
                "000\\r\\n\\r\\n|",
                "5\\r\\nhello\\r\\n0\\r\\n\\r\\n|hello",
                "1\\r\\nh\\r\\n4\\r\\nello\\r\\n0\\r\\n\\r\\n|hello",
                "A\\r\\n0123456789\\r\\na\\r\\n0123456789\\r\\n0\\r\\n\\r\\n|01234567890123456789",
                "000000000000005\\r\\nhello\\r\\n0\\r\\n\\r\\n|hello",
                "5;\\r\\nhello\\r\\n0;x\\r\\n\\r\\n|hello",
                "5;a=b; c=\"d\"\\r\\nhello\\r\\n0\\r\\n\\r\\n|hello",
                "4\\r\\n\\r\\n\\r\\n\\r\\n0\\r\\n\\r\\n|\\r\\n\\r\\n"
            })
    void a_chunked_body_is_its_data(String chunked, String data) {
        String sent = crlf(chunked);
        String expected = data == null ? "" : crlf(data);

        reader.startChunked();
        assertThat(read(sent + "next")).isEqualTo(BodyReader.END);
        assertThat(body).hasToString(expected);
        assertThat(reader.trailers()).isNull();
        assertThat(reader.ended()).isTrue();

        body.setLength(0);
        reader.startChunked();
        for (int i = 0; i < sent.length() - 1; i++) {
            assertThat(read(sent.substring(i, i + 1))).isEqualTo(BodyReader.NEED_MORE);
            assertThat(reader.ended()).isFalse();
            assertThat(reader.endsWithConnection()).isFalse();
        }
        assertThat(read("\n")).isEqualTo(BodyReader.END);
        assertThat(body).hasToString(expected);
    }

    @Test
    void octets_behind_a_chunked_body_are_left_in_the_buffer() {
        reader.startChunked();
        ByteBuf in = octets("0\r\nA: b\r\n\r\nGET / HTTP/1.1");

        assertThat(reader.next(in)).isEqualTo(BodyReader.END);
        assertThat(in.toString(ISO_8859_1)).isEqualTo("GET / HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\r\\n",
                "\\n",
                "g",
                "x\\r\\n",
                "-5\\r\\nhello",
                "+5\\r\\nhello",
                " 5\\r\\nhello",
                "0x5\\r\\nhello",
                "5 \\r\\nhello",
                "5\\nhello",
                "5\\r\\rhello",
                "5\\rhello",
                "5\\thello",
                "5 ;a\\r\\nhello",
                "5,\\r\\nhello",
                ";a\\r\\n",
                // the data is longer or shorter than its size
                "5\\r\\nhelloo\\r\\n0\\r\\n\\r\\n",
                "5\\r\\nhell\\r\\n0\\r\\n\\r\\n",
                "5\\r\\nhello0\\r\\n\\r\\n",
                "5\\r\\nhello\\n0\\r\\n\\r\\n",
                "5\\r\\nhello\\r0\\r\\n\\r\\n",
                "5\\r\\nhello\\n\\n0\\r\\n\\r\\n",
                "5\\r\\nhello!\\n0\\r\\n\\r\\n",
                "5\\r\\nhello\\r\\n\\r\\n",
                // control characters in an extension; a bare LF there ends a line for others
                "5;a\\nhello",
                "5;a\\0\\r\\n",
                "5;\\n",
                "5;a\\r\\r\\nhello",
                "5;a\\u007f",
                // sixteen digits
                "0000000000000005\\r\\nhello",
                "FFFFFFFFFFFFFFFF",
                "8000000000000000"
            })
    void broken_chunked_framing_is_noticed(String chunked) {
        reader.startChunked();

        assertThat(read(crlf(chunked))).isEqualTo(BodyReader.BROKEN);
        assertThat(reader.fault()).isEqualTo(HeadFault.CHUNK_INVALID);
        assertThat(reader.ended()).isFalse();
        assertThat(reader.endsWithConnection()).isFalse();
        assertThat(read("0\r\n\r\n")).isEqualTo(BodyReader.BROKEN);
    }

    @Test
    void a_chunk_size_may_have_fifteen_digits() {
        reader.startChunked();

        assertThat(read("fffffffffffffff\r\nhello")).isEqualTo(BodyReader.NEED_MORE);
        assertThat(body).hasToString("hello");
    }

    @Test
    void an_extension_may_have_1024_octets() {
        reader.startChunked();
        assertThat(read("1;" + "e".repeat(1024) + "\r\nx\r\n")).isEqualTo(BodyReader.NEED_MORE);

        reader.startChunked();
        assertThat(read("1;" + "e".repeat(1025))).isEqualTo(BodyReader.BROKEN);
    }

    @Test
    void all_extensions_of_a_body_may_have_16384_octets() {
        String chunk = "1;" + "e".repeat(1024) + "\r\nx\r\n";
        reader.startChunked();
        assertThat(read(chunk.repeat(16))).isEqualTo(BodyReader.NEED_MORE);
        assertThat(read("1;e\r\nx\r\n")).isEqualTo(BodyReader.BROKEN);

        reader.startChunked();
        assertThat(read(chunk.repeat(16) + "0\r\n\r\n")).isEqualTo(BodyReader.END);
    }

    @Test
    void trailers_stand_behind_the_last_chunk() {
        reader.startChunked();

        assertThat(read("1\r\nx\r\n0\r\nA: b\r\nC")).isEqualTo(BodyReader.NEED_MORE);
        assertThat(reader.ended()).isFalse();
        assertThat(read(": d\r\n\r\n")).isEqualTo(BodyReader.END);
        assertThat(written(reader.trailers())).isEqualTo("A: b\r\nC: d\r\n");
    }

    @Test
    void the_next_body_remembers_no_trailers() {
        reader.startChunked();
        read("0\r\nA: b\r\n\r\n");
        reader.startChunked();

        assertThat(reader.trailers()).isNull();
        assertThat(read("0\r\n\r\n")).isEqualTo(BodyReader.END);
        assertThat(reader.trailers()).isNull();

        reader.startChunked();
        assertThat(read("0\r\nC: d\r\n\r\n")).isEqualTo(BodyReader.END);
        assertThat(written(reader.trailers())).isEqualTo("C: d\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a",
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "TE: x",
                "Trailer: x",
                "X-Forwarded-For: 127.0.0.1",
                "x_forwarded_for: 127.0.0.1",
                "X-Request-Id: 7",
                "Expect: 100-continue"
            })
    void a_trailer_that_frames_routes_or_identifies_is_dropped(String line) {
        reader.startChunked();
        assertThat(read("0\r\n" + line + "\r\nA: b\r\n\r\n")).isEqualTo(BodyReader.END);
        assertThat(written(reader.trailers())).isEqualTo("A: b\r\n");

        reader.startChunked();
        assertThat(read("0\r\n" + line + "\r\n\r\n")).isEqualTo(BodyReader.END);
        assertThat(reader.trailers()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "A : b, FIELD_NAME_INVALID",
        "A, FIELD_NAME_INVALID",
        "' A: b', LINE_FOLDED",
        "A: \\0, FIELD_VALUE_INVALID",
        "A: b\\n, LINE_END_INVALID",
        "A: b\\rc, LINE_END_INVALID",
        "GET / HTTP/1.1, FIELD_NAME_INVALID"
    })
    void a_trailer_is_read_as_strictly_as_a_field(String line, HeadFault fault) {
        reader.startChunked();

        assertThat(read("0\r\n" + crlf(line) + "\r\n\r\n")).isEqualTo(BodyReader.BROKEN);
        assertThat(reader.fault()).isEqualTo(fault);
    }

    @Test
    void a_trailer_section_may_have_8192_octets_and_32_fields() {
        String longest = "A: " + "v".repeat(8192 - 7) + "\r\n\r\n";
        reader.startChunked();
        assertThat(read("0\r\n" + longest)).isEqualTo(BodyReader.END);
        reader.startChunked();
        assertThat(read("0\r\nA" + longest)).isEqualTo(BodyReader.BROKEN);
        assertThat(reader.fault()).isEqualTo(HeadFault.TRAILERS_TOO_LARGE);

        reader.startChunked();
        assertThat(read("0\r\n" + "A: b\r\n".repeat(32) + "\r\n")).isEqualTo(BodyReader.END);
        reader.startChunked();
        assertThat(read("0\r\n" + "A: b\r\n".repeat(33) + "\r\n")).isEqualTo(BodyReader.BROKEN);
        assertThat(reader.fault()).isEqualTo(HeadFault.TOO_MANY_FIELDS);
    }

    /// Reads all that `text` has to say, collecting body data; the answer is the reader's last word.
    private int read(String text) {
        ByteBuf in = octets(text);
        while (true) {
            int n = reader.next(in);
            if (n < 0) {
                return n;
            }
            body.append(in.readCharSequence(n, ISO_8859_1));
        }
    }

    private static String crlf(String escaped) {
        return escaped.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\u007f", "\u007f");
    }
}
