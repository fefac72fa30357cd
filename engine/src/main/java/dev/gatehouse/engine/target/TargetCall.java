package dev.gatehouse.engine.target;

import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One exchange as its target works on it. Ends by itself when it has given the client the end of an answer or a
/// failure; after that, and after [#cancel], it is nobody's and may serve another exchange.
public interface TargetCall {
    /// The head is there and no policy objected. When the request has a body, it comes once the call asks for it.
    void start(TargetClient client);

    /// The next `n` octets of `in` are body of the request; the call takes exactly those.
    void onRequestBody(ByteBuf in, int n);

    void onRequestEnd(@Nullable Trailers trailers);

    /// The client's socket has nothing more at the moment: what was passed on may be flushed.
    void onRequestBatch();

    /// The client reads again, or has stopped reading.
    void onClientWritable(boolean writable);

    /// The gateway is shutting down: what may go on without end is to come to one.
    default void drain() {}

    /// The exchange goes on though the configuration it began on has been replaced: the same.
    default void outlive() {}

    /// The exchange is over for another reason: drop everything.
    void cancel();
}
