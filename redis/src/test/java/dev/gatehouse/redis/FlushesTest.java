package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlushesTest {
    /// What reached the socket: how many writes each flush sent.
    private final List<Integer> sent = new ArrayList<>();

    @Test
    void what_is_asked_in_one_turn_of_the_loop_is_sent_at_its_end_all_together() throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        try {
            EventLoop loop = loops.next();
            Channel channel = new LocalChannel();
            loop.register(channel).sync();
            new Flushes().afterChannelInitialized(channel);
            channel.pipeline().addFirst(new Counting());
            loop.submit(() -> {
                        for (int i = 0; i < 200; i++) {
                            channel.writeAndFlush(i); // as Lettuce does for each command
                        }
                        assertThat(sent).isEmpty();
                    })
                    .sync();
            loop.submit(() -> channel.writeAndFlush("alone")).sync();
            loop.submit(() -> assertThat(sent).containsExactly(200, 1)).sync();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private final class Counting extends ChannelOutboundHandlerAdapter {
        private int writes;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            writes++;
            promise.setSuccess();
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            sent.add(writes);
            writes = 0;
        }
    }
}
