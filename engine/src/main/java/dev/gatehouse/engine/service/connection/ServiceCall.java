package dev.gatehouse.engine.service.connection;

import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Whoever has a request to make of a service: told what comes of it. All on one event loop. After [#onEnd] or
/// [#onFault] nothing more comes.
public interface ServiceCall {
    /// A connection is ready; it is this call's until the answer ends.
    ///
    /// @param reused whether it has carried a request before
    void onConnection(ServiceConnection connection, boolean reused);

    /// Where the answer's head is to be parsed; owned by the call.
    ParsedResponse answerHead();

    /// A 1xx other than 101.
    void onInterim(ParsedResponse head);

    /// The final head, or 101.
    ///
    /// @param bodyAtHand octets behind the head that have already arrived
    void onHead(ParsedResponse head, int bodyAtHand);

    /// The next `n` octets of `in` are body; the call takes exactly those.
    void onBody(ByteBuf in, int n);

    /// The answer is whole. The connection has been given back or closed.
    void onEnd(@Nullable Trailers trailers);

    /// Whatever was passed on since the last time may now be flushed: the socket has nothing more at the moment.
    void onBatch();

    /// The service reads again, or has stopped reading.
    void onWritable(boolean writable);

    /// The attempt failed. The connection is gone.
    void onFault(ServiceFault fault, @Nullable String detail);
}
