package dev.gatehouse.engine.http2;

import io.netty.buffer.ByteBuf;

/// Hears of the frames of a connection, in their order.
interface FrameReceiver {
    /// Whether it wants to hear more.
    boolean isOpen();

    /// A frame other than DATA is whole: its payload is the next `length` octets of `in`, which may be left
    /// unread.
    void frame(int type, int flags, int stream, ByteBuf in, int length);

    /// A DATA frame begins.
    ///
    /// @param length of its payload with the padding, which all counts against the windows
    void dataBegins(int stream, int flags, int length);

    /// The next `n` octets of `in` are data; exactly those are taken.
    void data(ByteBuf in, int n);

    /// So many octets of the frame were padding.
    void padding(int n);

    /// The DATA frame is over.
    void dataEnds(int flags);

    /// What came is no frame that could be taken.
    void broken(Http2Error error, String why);
}
