package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.MadeResponse;
import dev.gatehouse.api.Response;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import io.netty.buffer.Unpooled;

/// An answer the gateway made. It goes the way of every answer: written out and parsed, so that whatever works on
/// answers works on this one.
final class OwnAnswer {
    private static final byte[] NOTHING = new byte[0];

    private OwnAnswer() {}

    /// Puts the head of `answer` into `into`.
    static void write(Response answer, ParsedResponse into) {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(answer.status())
                .append(' ')
                .append(Reasons.of(answer.status()))
                .append("\r\n");
        if (answer instanceof MadeResponse made) {
            for (MadeResponse.Field field : made.fields()) {
                head.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        if (answer.status() != 204 && answer.status() != 304) {
            head.append("Content-Length: ").append(body(answer).length).append("\r\n");
        }
        into.reset();
        into.parse(Unpooled.wrappedBuffer(head.append("\r\n").toString().getBytes(ISO_8859_1)), HeadLimits.DEFAULT);
        into.dropAll(KnownField.X_REQUEST_ID);
    }

    /// Puts the head of 100 into `into` (RFC 9110 §15.2.1).
    static void writeContinue(ParsedResponse into) {
        into.reset();
        into.parse(Unpooled.wrappedBuffer("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1)), HeadLimits.DEFAULT);
    }

    private static byte[] body(Response answer) {
        return answer.body() instanceof Body.Bytes bytes ? bytes.octets() : NOTHING;
    }
}
