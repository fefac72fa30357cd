package dev.gatehouse.engine.exchange;

import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Where an exchange's answer goes and its request body comes from: an HTTP/1.1 connection, or one stream of a
/// later version. Framing and connection fields are its business. On the exchange's event loop only.
public interface ClientStream {
    /// Sends a 1xx, if this client understands it.
    void sendInterim(ParsedResponse head);

    /// Sends the head of the final answer, or of 101.
    ///
    /// @param fields the head's fields as they are to be sent, without those of framing and connection
    /// @param hasBody whether [#sendBody] may follow
    /// @param length of the body in octets, as a field says; -1 when it ends when [#sendEnd] says so
    /// @param bodyAtHand how many octets of it follow at once
    /// @param whole whether the exchange ends with what is at hand, so that nobody will ask for the rest of the
    ///     request; not so for an answer of a service, which may read on while it answers
    void sendHead(ParsedResponse head, FieldEdits fields, boolean hasBody, long length, int bodyAtHand, boolean whole);

    /// Sends the next `n` octets of `in`; they are taken.
    void sendBody(ByteBuf in, int n);

    /// Ends the answer and lets it go.
    void sendEnd(@Nullable Trailers trailers);

    void flush();

    boolean isWritable();

    /// Asks for the request's body, or for a pause in it. Called first when somebody wants it.
    void readBody(boolean on);

    /// The answer cannot be completed: whatever the client has of it must not look whole.
    void abort();

    /// The exchange is over; the stream may go on with the next one. Always the last call.
    void exchangeEnded();
}
