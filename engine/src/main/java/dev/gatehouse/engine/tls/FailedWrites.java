package dev.gatehouse.engine.tls;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// Tells the pipeline of records that could not be written. Whoever writes through TLS does not hear of it otherwise:
/// what it wrote was encrypted and sent as something else. Stands in front of the [io.netty.handler.ssl.SslHandler].
@Sharable
public final class FailedWrites extends ChannelOutboundHandlerAdapter {
    public static final FailedWrites WATCH = new FailedWrites();

    private FailedWrites() {}

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message, promise.unvoid().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE));
    }
}
