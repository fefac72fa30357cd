package dev.gatehouse.engine.http2.hpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.HeadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HpackTest {
    private final HpackDecoder decoder = new HpackDecoder(4096);
    private final HpackEncoder encoder = new HpackEncoder();
    private final List<String> fields = new ArrayList<>();

    /// RFC 7541 appendix C.4: three requests on one connection, Huffman-coded.
    @Test
    void the_examples_of_the_rfc_are_read() {
        assertThat(read("828684418cf1e3c2e5f23a6ba0ab90f4ff"))
                .containsExactly(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
        assertThat(read("828684be5886a8eb10649cbf"))
                .containsExactly(
                        ":method: GET",
                        ":scheme: http",
                        ":path: /",
                        ":authority: www.example.com",
                        "cache-control: no-cache");
        assertThat(read("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"))
                .containsExactly(
                        ":method: GET",
                        ":scheme: https",
                        ":path: /index.html",
                        ":authority: www.example.com",
                        "custom-key: custom-value");
    }

    @Test
    void an_index_beyond_the_tables_is_refused() {
        assertThat(refuses("80")).isTrue();
        assertThat(refuses("be")).isTrue();
        assertThat(refuses("ff8080808001")).isTrue();
    }

    @Test
    void a_string_that_ends_before_its_length_is_refused() {
        assertThat(refuses("000a61")).isTrue();
        assertThat(refuses("00")).isTrue();
    }

    /// Padding of zeros, of more than seven bits, and the code EOS (RFC 7541 §5.2).
    @Test
    void wrong_padding_of_a_huffman_string_is_refused() {
        assertThat(refuses("00811800")).isTrue();
        assertThat(refuses("00821fff00")).isTrue();
        assertThat(refuses("0084ffffffff00")).isTrue();
        assertThat(refuses("00811f00")).isFalse();
    }

    @Test
    void the_table_is_resized_only_at_the_beginning_of_a_block_and_within_what_was_promised() {
        assertThat(refuses("8220")).isTrue();
        assertThat(refuses("3fe21f")).isTrue();
        assertThat(read("20828684")).hasSize(3);
    }

    @Test
    void what_another_implementation_writes_is_read() throws Exception {
        Random random = new Random(7);
        var other = new DefaultHttp2HeadersEncoder();
        for (int round = 0; round < 300; round++) {
            Http2Headers headers = headers(random);
            ByteBuf out = Unpooled.buffer();
            other.encodeHeaders(3, headers, out);
            assertThat(read(ByteBufUtil.hexDump(out))).isEqualTo(text(headers));
        }
    }

    @Test
    void what_is_written_is_read_by_another_implementation() throws Exception {
        Random random = new Random(8);
        var other = new DefaultHttp2HeadersDecoder(false, 1 << 20);
        for (int round = 0; round < 300; round++) {
            if (round % 50 == 49) {
                int size = random.nextInt(4097);
                other.configuration().maxHeaderTableSize(size);
                encoder.maxTable(size);
            }
            Http2Headers headers = headers(random);
            HeadWriter out = new HeadWriter();
            encoder.begin(out);
            headers.forEach(e -> field(e.getKey().toString(), e.getValue().toString()));
            Http2Headers read = other.decodeHeaders(3, Unpooled.wrappedBuffer(out.toArray()));
            assertThat(text(read)).isEqualTo(text(headers));
        }
    }

    @Test
    void what_comes_again_and_again_is_one_octet() {
        field("Server", "nginx");
        HeadWriter second = new HeadWriter();
        encoder.begin(second);
        field("server", "nginx");
        HeadWriter third = new HeadWriter();
        encoder.begin(third);
        field("SERVER", "nginx");
        assertThat(second.length()).isGreaterThan(1);
        assertThat(third.length()).isEqualTo(1);
    }

    @Test
    void a_cookie_gets_no_place_in_the_table() {
        HeadWriter out = new HeadWriter();
        for (int i = 0; i < 4; i++) {
            encoder.begin(out.clear());
            field("set-cookie", "sid=secret");
        }
        assertThat(out.length()).isGreaterThan(10);
    }

    private static Http2Headers headers(Random random) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = random.nextInt(12); i >= 0; i--) {
            String name = random.nextInt(3) == 0 ? "x-field-" + random.nextInt(200) : "content-type";
            byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 3000 : 40)];
            if (random.nextBoolean()) {
                random.nextBytes(value);
            } else {
                Arrays.fill(value, (byte) ('a' + random.nextInt(26)));
            }
            headers.add(name, new AsciiString(value));
        }
        return headers;
    }

    private static List<String> text(Http2Headers headers) {
        List<String> text = new ArrayList<>();
        headers.forEach(e -> text.add(e.getKey() + ": " + e.getValue()));
        return text;
    }

    private List<String> read(String hex) {
        fields.clear();
        byte[] block = HexFormat.of().parseHex(hex);
        assertThat(decoder.decode(block, 0, block.length, this::add)).isTrue();
        return fields;
    }

    private boolean refuses(String hex) {
        byte[] block = HexFormat.of().parseHex(hex);
        return !new HpackDecoder(4096).decode(block, 0, block.length, this::add);
    }

    private void add(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        fields.add(new String(name, nameStart, nameEnd - nameStart, ISO_8859_1)
                + ": "
                + new String(value, valueStart, valueEnd - valueStart, ISO_8859_1));
    }

    private void field(String name, String value) {
        byte[] n = name.getBytes(ISO_8859_1);
        byte[] v = value.getBytes(ISO_8859_1);
        encoder.field(n, 0, n.length, v, 0, v.length);
    }
}
