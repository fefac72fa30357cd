package dev.gatehouse.engine.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Speaks TLS on one connection, and remembers what the client asked for.
///
/// Records go Netty's way after the handshake too. One of our own, straight to the engine and back without its
/// queue and its promises, saved 0.1 of the 1.2 µs that TLS takes of a request: too little for what can go wrong
/// in it.
final class ServerSslHandler extends SslHandler {
    /// The type of a record of a handshake (RFC 5246 §6.2.1); those of TLS 1.3 do not show theirs.
    private static final int HANDSHAKE = 22;

    private final @Nullable String serverName;

    /// BoringSSL never negotiates anew; the JDK would.
    private final boolean renegotiates;

    ServerSslHandler(SSLEngine engine, @Nullable String serverName) {
        super(engine);
        this.serverName = serverName;
        this.renegotiates = !(engine instanceof ReferenceCountedOpenSslEngine);
        // The listener watches the time, from the first octet on.
        setHandshakeTimeoutMillis(0);
    }

    @Nullable
    String serverName() {
        return serverName;
    }

    /// Called at the beginning of each record.
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
        if (renegotiates
                && in.isReadable()
                && in.getUnsignedByte(in.readerIndex()) == HANDSHAKE
                && handshakeFuture().isSuccess()) {
            in.skipBytes(in.readableBytes());
            ctx.close();
            return;
        }
        super.decode(ctx, in, out);
    }
}
