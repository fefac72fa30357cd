package dev.gatehouse.engine.http2;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/// Our side of a connection is closed when the last octets have left. The other stays open: what the peer still sends is
/// read and thrown away, so that the kernel does not answer it with a reset that would take our last words with it.
final class SessionEnd {
    private SessionEnd() {}

    static void of(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls == null) {
                shutdown(context.channel());
            } else {
                tls.closeOutbound().addListener(_ -> shutdown(context.channel()));
            }
        });
    }

    private static void shutdown(Channel channel) {
        if (channel.isActive()) {
            ((DuplexChannel) channel).shutdownOutput();
        }
    }
}
