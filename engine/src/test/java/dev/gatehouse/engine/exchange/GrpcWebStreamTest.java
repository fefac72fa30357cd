package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.grpc.Dialect;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrpcWebStreamTest {
    private static final String MESSAGE = "\0\0\0\0\2hi";
    private static final String END = "\u0080\0\0\0\u0010grpc-status: 0\r\n";
    private static final Trailers OK = Trailers.of("grpc-status: 0\r\n");

    private final Client client = new Client();
    private GrpcWebStream stream = new GrpcWebStream(client, Dialect.WEB);

    @Test
    void the_trailers_are_the_end_of_the_body() {
        head("200 OK\r\nContent-Type: application/grpc+proto\r\nx-a: b", true);
        body(MESSAGE);
        stream.sendEnd(OK);
        assertThat(client.fields).isEqualTo("x-a: b\r\nContent-Type: application/grpc-web+proto\r\n");
        assertThat(client.length).isEqualTo(-1);
        assertThat(client.body).hasToString(MESSAGE + END);
        assertThat(client.ended).isTrue();
    }

    @Test
    void text_is_base64_of_the_same() {
        stream = new GrpcWebStream(client, Dialect.WEB_TEXT);
        head("200 OK\r\nContent-Type: application/grpc", true);
        body(MESSAGE);
        stream.flush();
        stream.sendEnd(OK);
        assertThat(client.fields).isEqualTo("Content-Type: application/grpc-web-text\r\n");
        assertThat(client.body).hasToString(base64(MESSAGE) + base64(END));
    }

    @Test
    void an_answer_that_is_nothing_but_a_head_has_its_status_in_the_body() {
        head("200 OK\r\nContent-Type: application/grpc\r\nContent-Length: 0\r\ngrpc-status: 5\r\nx-a: b", false);
        stream.sendEnd(null);
        String frame = "\u0080\0\0\0\u0010grpc-status: 5\r\n";
        assertThat(client.body).hasToString(frame);
        assertThat(client.fields)
                .isEqualTo("x-a: b\r\nContent-Type: application/grpc-web\r\nContent-Length: " + frame.length() + "\r\n");
        assertThat(client.length).isEqualTo(frame.length());
        assertThat(client.ended).isTrue();
    }

    @Test
    void a_head_with_a_status_is_the_whole_answer_whatever_its_framing_says() {
        head("200 OK\r\nContent-Type: application/grpc\r\ngrpc-status: 5", true);
        body("nothing");
        stream.sendEnd(null);
        assertThat(client.body).hasToString("\u0080\0\0\0\u0010grpc-status: 5\r\n");
        assertThat(client.ended).isTrue();
    }

    @Test
    void a_call_without_a_status_did_not_succeed() {
        head("200 OK\r\nContent-Type: application/grpc", true);
        stream.sendEnd(null);
        assertThat(client.body.toString()).contains("grpc-status: 2\r\n");
    }

    @Test
    void an_answer_that_breaks_off_within_a_message_is_not_ended() {
        head("200 OK\r\nContent-Type: application/grpc", true);
        body("\0\0\0\0\5hi");
        stream.sendEnd(OK);
        assertThat(client.aborted).isTrue();
        assertThat(client.ended).isFalse();
    }

    @Test
    void what_is_no_grpc_passes_as_it_is() {
        head("200 OK\r\nContent-Type: text/html\r\nContent-Length: 3", true);
        body("abc");
        stream.sendEnd(null);
        assertThat(client.fields).isEqualTo("Content-Type: text/html\r\nContent-Length: 3\r\n");
        assertThat(client.length).isEqualTo(3);
        assertThat(client.body).hasToString("abc");
    }

    private void head(String lines, boolean hasBody) {
        ParsedResponse head = new ParsedResponse();
        head.parse(Unpooled.copiedBuffer("HTTP/1.1 " + lines + "\r\n\r\n", ISO_8859_1), HeadLimits.DEFAULT);
        FieldEdits fields = new FieldEdits();
        fields.reset(head);
        stream.sendHead(head, fields, hasBody, head.contentLength(), 0, false);
    }

    private void body(String octets) {
        stream.sendBody(Unpooled.copiedBuffer(octets, ISO_8859_1), octets.length());
    }

    private static String base64(String octets) {
        return Base64.getEncoder().encodeToString(octets.getBytes(ISO_8859_1));
    }

    /// Keeps what it is sent.
    private static final class Client implements ClientStream {
        private final StringBuilder body = new StringBuilder();
        private String fields = "";
        private long length;
        private boolean ended;
        private boolean aborted;

        @Override
        public void sendInterim(ParsedResponse head) {}

        @Override
        public void sendHead(
                ParsedResponse head, FieldEdits edits, boolean hasBody, long told, int bodyAtHand, boolean whole) {
            HeadWriter lines = new HeadWriter();
            edits.writeTo(lines);
            fields = lines.toString();
            length = told;
        }

        @Override
        public void sendBody(ByteBuf in, int n) {
            body.append(in.readCharSequence(n, ISO_8859_1));
        }

        @Override
        public void sendEnd(@Nullable Trailers trailers) {
            assertThat(trailers).isNull();
            ended = true;
        }

        @Override
        public void flush() {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void readBody(boolean on) {}

        @Override
        public void abort() {
            aborted = true;
        }

        @Override
        public void exchangeEnded() {}
    }
}
