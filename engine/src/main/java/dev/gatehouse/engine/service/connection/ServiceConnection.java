package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What a call has of its way to an instance: an HTTP/1.1 connection, or one stream of an HTTP/2 connection. It is the
/// call's from [ServiceCall#onConnection] until the answer has ended. Framing and connection fields are its business.
/// On the call's event loop only.
public interface ServiceConnection {
    Instance instance();

    /// Sends the request's head; the first thing that is asked of it. When the request has a body, [#sendBody] and
    /// [#endBody] follow.
    void begin(ServiceCall caller, ServiceRequest request);

    /// Sends the next `n` octets of `in` as body; they are taken.
    void sendBody(ByteBuf in, int n);

    void endBody(@Nullable Trailers trailers);

    /// From here on `sendBody` sends octets of another protocol: 101 has been passed on.
    void tunnel();

    void flush();

    boolean isWritable();

    /// Stops or resumes reading the answer, when the client cannot keep up.
    void read(boolean on);

    /// Gives the call up: the service is told that nobody waits, and the call hears nothing more.
    void cancel();
}
