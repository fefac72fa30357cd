package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebBodyTest {
    private static final Trailers OK = Trailers.of("Grpc-Status: 0\r\ngrpc-message: fine\r\n");
    private static final String OK_LINES = "grpc-status: 0\r\ngrpc-message: fine\r\n";

    @Test
    void trailers_are_the_last_message() {
        ByteBuf end = new WebBody(Dialect.WEB).end(OK);
        assertThat(end.readUnsignedByte()).isEqualTo((short) 0x80);
        assertThat(end.readInt()).isEqualTo(OK_LINES.length());
        assertThat(end.toString(ISO_8859_1)).isEqualTo(OK_LINES);
    }

    @Test
    void stands_between_messages_only_where_one_is_whole() {
        byte[] messages = {0, 0, 0, 0, 3, 'a', 'b', 'c', 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 'd'};
        WebBody body = new WebBody(Dialect.WEB);
        StringBuilder between = new StringBuilder();
        for (byte octet : messages) {
            body.pass(Unpooled.wrappedBuffer(new byte[] {octet}), 1);
            between.append(body.isBetweenMessages() ? '|' : '.');
        }
        assertThat(between).hasToString(".......|....|.....|");
    }

    @Test
    void a_long_message_may_come_in_pieces() {
        WebBody body = new WebBody(Dialect.WEB);
        body.pass(Unpooled.wrappedBuffer(new byte[] {0, 0, 1, 0, 0}), 5);
        for (int i = 0; i < 65; i++) {
            assertThat(body.isBetweenMessages()).isFalse();
            body.pass(Unpooled.wrappedBuffer(new byte[1000]), 1000);
        }
        body.pass(Unpooled.wrappedBuffer(new byte[536]), 536);
        assertThat(body.isBetweenMessages()).isTrue();
    }

    @Test
    void text_is_padded_when_it_is_let_go() {
        WebBody body = new WebBody(Dialect.WEB_TEXT);
        String first = text(body, "\0\0\0\0\1a") + rest(body);
        assertThat(first).isEqualTo(Base64.getEncoder().encodeToString("\0\0\0\0\1a".getBytes(ISO_8859_1)));
        assertThat(rest(body)).isEmpty();
    }

    @Test
    void text_in_pieces_is_the_octets_in_pieces() {
        WebBody body = new WebBody(Dialect.WEB_TEXT);
        TextDecoding decoding = new TextDecoding();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        String sent = "";
        for (String piece : new String[] {"\0\0\0\0\12", "abc", "defg", "h", "ij"}) {
            sent += text(body, piece);
        }
        sent += rest(body) + text(body, "\0\0\0\0\0") + body.end(OK).toString(ISO_8859_1);
        decoding.onChunk(Unpooled.wrappedBuffer(sent.getBytes(ISO_8859_1)).nioBuffer(), chunk -> {
            while (chunk.hasRemaining()) {
                read.write(chunk.get());
            }
        });
        assertThat(read.toString(ISO_8859_1))
                .isEqualTo("\0\0\0\0\12abcdefghij\0\0\0\0\0\u0080\0\0\0" + (char) OK_LINES.length() + OK_LINES);
    }

    private static String text(WebBody body, String octets) {
        return body.text(Unpooled.copiedBuffer(octets, ISO_8859_1), octets.length())
                .toString(ISO_8859_1);
    }

    private static String rest(WebBody body) {
        return body.rest().toString(ISO_8859_1);
    }
}
