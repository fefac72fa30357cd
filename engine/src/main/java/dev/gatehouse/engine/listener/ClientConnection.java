package dev.gatehouse.engine.listener;

import io.netty.buffer.ByteBuf;

/// What is spoken with a client on one socket, whatever the version of HTTP. Lives as long as the socket is open, on
/// one event loop: told what the socket brings by [AcceptedSocket], and of the gateway's life by [ListenerLoop].
interface ClientConnection extends OpenConnection {
    /// The next octets; they are given away.
    void onOctets(ByteBuf in);

    /// The socket has no more octets for now.
    void onBatch();

    void onWritable(boolean writable);

    /// The socket is gone. Always the last call.
    void onClosed();

    /// Closes without a word.
    void closeNow();
}
