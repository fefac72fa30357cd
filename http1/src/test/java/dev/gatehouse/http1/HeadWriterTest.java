package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadWriterTest {
    private final HeadWriter out = new HeadWriter();

    @Test
    void puts_a_head_together() {
        out.put("GET".getBytes(US_ASCII)).put(' ').put("/a").put(" HTTP/1.1").crlf();
        out.put("Content-Length: ")
                .decimal(5)
                .crlf()
                .copy("xyX: yxy".getBytes(US_ASCII), 2, 6)
                .crlf()
                .crlf();

        assertThat(out).hasToString("GET /a HTTP/1.1\r\nContent-Length: 5\r\nX: y\r\n\r\n");
        assertThat(out.length()).isEqualTo(44);
    }

    @Test
    void copies_in_lower_case_whole_writers_and_parts_of_itself() {
        byte[] name = "X-Trace-ID".getBytes(US_ASCII);
        out.lowerCase(name, 2, 10).octet(0x100 | '!').put(new HeadWriter(1).put("more"));
        assertThat(out).hasToString("trace-id!more");

        ByteBuf part = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
        out.writeTo(part, 6, 9);
        assertThat(part.toString(US_ASCII)).isEqualTo("id!");
        byte[] all = new byte[13];
        out.copyTo(all);
        assertThat(new String(all, US_ASCII)).isEqualTo("trace-id!more");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 12345, 999_999_999_999_999_999L, Long.MAX_VALUE})
    void writes_decimal_numbers(long value) {
        assertThat(out.decimal(value)).hasToString(Long.toString(value));
    }

    @Test
    void refuses_a_negative_number() {
        assertThatThrownBy(() -> out.decimal(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "255, 2, ff", "255, 4, 00ff", "-1, 16, ffffffffffffffff", "4660, 3, 234", "7, 0, ''"})
    void writes_the_lowest_hexadecimal_digits(long value, int digits, String expected) {
        assertThat(out.hex(value, digits)).hasToString(expected);
    }

    @Test
    void one_char_is_one_octet() {
        assertThat(out.put("caf\u00e9 \u20ac\ud83d\ude00")).hasToString("caf\u00e9 ???");
    }

    @Test
    void an_empty_slice_writes_nothing() {
        assertThat(out.copy(new byte[4], 2, 2).put("").put(new byte[0]).length())
                .isZero();
    }

    @Test
    void grows_as_needed_and_starts_over() {
        String text = "0123456789".repeat(1000);
        out.put('a').put(text).put(text.getBytes(US_ASCII)).put("b");

        assertThat(out).hasToString("a" + text + text + "b");
        assertThat(out.clear().length()).isZero();
        assertThat(out.put("x")).hasToString("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {8191, 8192, 8193})
    void has_room_for_one_more_at_its_edge(int filled) {
        String text = "x".repeat(filled);

        assertThat(out.clear().put(text).put('y')).hasToString(text + "y");
        assertThat(new HeadWriter().put(text.getBytes(US_ASCII)).put("y")).hasToString(text + "y");
        assertThat(new HeadWriter().put(text).decimal(7)).hasToString(text + "7");
        assertThat(new HeadWriter().put(text).hex(7, 1)).hasToString(text + "7");
    }

    @Test
    void ends_up_in_a_buffer_with_room_for_more() {
        ByteBuf buffer = out.put("head").toBuffer(UnpooledByteBufAllocator.DEFAULT, 100);
        try {
            assertThat(buffer.isDirect()).isTrue();
            assertThat(buffer.toString(ISO_8859_1)).isEqualTo("head");
            assertThat(buffer.writableBytes()).isGreaterThanOrEqualTo(100);
        } finally {
            buffer.release();
        }
    }
}
