package dev.gatehouse.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;

/// Sends what several event loops ask at the same moment with one system call instead of one each: Lettuce flushes
/// after each command, and here all flushes of one turn of the connection's loop become one at its end.
final class Flushes implements NettyCustomizer {
    private static final int AT_MOST = 256;

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addFirst(new FlushConsolidationHandler(AT_MOST, true));
    }
}
