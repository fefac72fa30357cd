package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.telemetry.TcpEnding;
import dev.gatehouse.engine.telemetry.TcpTally;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;

/// A connection over the limit of a tcp listener: reset at once, since nobody knows what its client would understand.
final class SurplusTcpConnection extends ChannelInboundHandlerAdapter {
    private final TcpTally tally;

    /// @param tally of connections that came to no service
    SurplusTcpConnection(TcpTally tally) {
        this.tally = tally;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        tally.begun();
        tally.ended(TcpEnding.TOO_MANY_CONNECTIONS);
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
