package dev.gatehouse.engine.grpc;

import dev.gatehouse.http1.FieldBlock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The body of one answer as a client of gRPC-Web is sent it: the messages of the service as they are, or as text, and
/// then the trailers as the last message.
///
/// Text goes out with its padding whenever what is here is let go: nobody waits for the next message to read this one.
/// A client of this form must expect padding between two groups of four.
public final class WebBody {
    private final Dialect dialect;
    private final TextEncoding text = new TextEncoding();
    private final MessageBoundary boundary = new MessageBoundary();

    /// @param dialect one of the web
    public WebBody(Dialect dialect) {
        this.dialect = dialect;
    }

    /// Whether octets have to become text.
    public boolean isText() {
        return dialect == Dialect.WEB_TEXT;
    }

    /// The next `n` octets of `in` pass as they are; they are not taken.
    public void pass(ByteBuf in, int n) {
        boundary.pass(in, n);
    }

    /// The text of the next `n` octets of `in`; they are taken.
    public ByteBuf text(ByteBuf in, int n) {
        boundary.pass(in, n);
        return Unpooled.wrappedBuffer(text.text(in, n));
    }

    /// What is still to be sent so that the client has all that came so far; often nothing.
    public ByteBuf rest() {
        return Unpooled.wrappedBuffer(text.rest());
    }

    /// Whether all messages that came are whole: only then can another one follow.
    public boolean isBetweenMessages() {
        return boundary.isBetween();
    }

    /// The last message, out of the trailers.
    public ByteBuf end(FieldBlock trailers) {
        return last(WebFrame.of(trailers));
    }

    /// The only message of an answer that is nothing but a head.
    public ByteBuf endOfHead(FieldBlock head) {
        return last(WebFrame.ofHead(head));
    }

    private ByteBuf last(byte[] frame) {
        if (!isText()) {
            return Unpooled.wrappedBuffer(frame);
        }
        byte[] whole = text.text(Unpooled.wrappedBuffer(frame), frame.length);
        return Unpooled.wrappedBuffer(whole, text.rest());
    }
}
