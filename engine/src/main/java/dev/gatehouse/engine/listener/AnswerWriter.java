package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Outbox;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/// Writes the answers of one client's connection, one after the other: status lines, the framing of bodies
/// (RFC 9112 §6), and whether the client may ask again on this connection (§9.3). On the connection's loop only.
final class AnswerWriter {
    private static final byte[] HTTP_1_1 = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(US_ASCII);
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "Connection: keep-alive\r\n".getBytes(US_ASCII);
    private static final byte[] UPGRADE = "Connection: Upgrade\r\nUpgrade: ".getBytes(US_ASCII);

    private final Loop loop;
    private final Outbox outbox;

    private boolean keepAlive;
    private boolean http10;
    private boolean chunked;
    private boolean gone;

    AnswerWriter(Loop loop, ChannelHandlerContext context) {
        this.loop = loop;
        this.outbox = new Outbox(context);
    }

    /// What comes next answers `request`.
    void answer(ParsedRequest request) {
        keepAlive = request.keepAlive();
        http10 = request.isHttp10();
        chunked = false;
    }

    /// What comes next answers a head nobody understood, and nothing can come after it.
    void answerUnreadable() {
        keepAlive = false;
        http10 = false;
    }

    /// The connection will not live on: a head that is still to be sent says so.
    void nothingAfterThis() {
        keepAlive = false;
    }

    /// Whether the client has been told, or will be, that it may send another request.
    boolean keepsAlive() {
        return keepAlive;
    }

    /// Writes a 1xx head, and hands it to the kernel.
    ///
    /// @return false when this client would not understand it
    boolean interim(ParsedResponse head) {
        if (http10 || gone) {
            return false;
        }
        HeadWriter out = start(head);
        head.writeFields(out);
        outbox.head(out.crlf(), 0);
        outbox.flush();
        return true;
    }

    /// Writes the head of a final answer; what it holds of framing and connection is decided here.
    ///
    /// @param unknownLength whether a body follows that no field tells the length of
    /// @param bodyAtHand how many octets of body follow at once
    void head(ParsedResponse head, FieldEdits fields, boolean unknownLength, int bodyAtHand) {
        chunked = unknownLength && !http10;
        if (unknownLength && http10) {
            keepAlive = false;
        }
        HeadWriter out = start(head);
        if (head.status() == 204) {
            head.dropAll(KnownField.CONTENT_LENGTH);
        }
        fields.writeTo(out);
        if (chunked) {
            out.put(CHUNKED);
        }
        if (!keepAlive) {
            out.put(CLOSE);
        } else if (http10) {
            out.put(KEEP_ALIVE);
        }
        outbox.head(out.crlf(), bodyAtHand);
    }

    /// Writes the head of 101, the last there is on this connection.
    void upgrade(ParsedResponse head, FieldEdits fields) {
        HeadWriter out = start(head);
        fields.writeTo(out);
        int protocol = head.find(KnownField.UPGRADE);
        out.put(UPGRADE)
                .copy(head.bytes(), head.valueStart(protocol), head.valueEnd(protocol))
                .crlf();
        outbox.head(out.crlf(), 0);
        outbox.flush();
        keepAlive = false;
    }

    private HeadWriter start(ParsedResponse head) {
        HeadWriter out = loop.heads().clear();
        out.put(HTTP_1_1).decimal(head.status()).put(' ');
        return out.copy(head.bytes(), head.reasonStart(), head.reasonEnd()).crlf();
    }

    /// Takes the next `n` octets of `in`: body, or what is spoken in the tunnel.
    void body(ByteBuf in, int n) {
        if (gone) {
            in.skipBytes(n);
        } else {
            outbox.body(in, n, chunked);
        }
    }

    /// Ends the answer and hands it to the kernel.
    void end(@Nullable Trailers trailers) {
        if (chunked && !gone) {
            outbox.end(trailers, loop.heads());
        }
        flush();
    }

    void flush() {
        if (!gone) {
            outbox.flush();
        }
    }

    /// The connection is gone: forgets what the kernel has not been given, and takes what still comes for nothing.
    void drop() {
        gone = true;
        outbox.drop();
    }
}
