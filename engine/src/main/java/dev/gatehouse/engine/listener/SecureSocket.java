package dev.gatehouse.engine.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/// The ways in which a socket closes, with TLS on it or without.
final class SecureSocket {
    private SecureSocket() {}

    /// Closes our side; what the other still sends is thrown away. With TLS the end is said first (RFC 8446 §6.1):
    /// without that a client takes the answer for cut off. Nothing is decrypted after it.
    static void closeOutput(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        DuplexChannel socket = (DuplexChannel) context.channel();
        if (tls == null) {
            socket.shutdownOutput();
        } else {
            context.pipeline().addFirst(new Unread());
            tls.closeOutbound().addListener(_ -> socket.shutdownOutput());
        }
    }

    /// Closes without a word about it, so that what has been sent does not look whole.
    static void closeNow(ChannelHandlerContext context) {
        ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
        (tls == null ? context : tls).close();
    }

    /// In front of everything: throws away what comes.
    private static final class Unread extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
