package dev.gatehouse.engine.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Notices a connection that its peer has reset when io_uring does not: the first handler of its channels.
///
/// Netty (4.2.18) hears of each event on a socket once. What happens between the moment it heard of octets and the
/// moment it has read them it takes for the same event: if that was a reset, nothing more is ever heard of the
/// socket. So a connection that falls silent after a read is asked for its TCP state, once; a silent connection
/// costs nothing more, a busy one a store for each read. The other transports need none of this.
final class ResetWatch extends ChannelInboundHandlerAdapter {
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(100);

    /// `TCP_CLOSE` in Linux' `tcp_states.h`.
    private static final int CLOSED = 7;

    private final Loop loop;
    private final IoUringSocketChannel channel;
    private final Deadline silence;
    private boolean seenClosed;

    ResetWatch(Loop loop, IoUringSocketChannel channel) {
        this.loop = loop;
        this.channel = channel;
        this.silence = loop.connections().register(this::check);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        seenClosed = false;
        silence.at(loop.recent() + SILENCE);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        silence.close();
    }

    private void check() {
        if (!channel.isActive()) {
            return;
        }
        boolean closed = channel.tcpInfo().state() == CLOSED;
        if (closed && seenClosed && channel.config().isAutoRead()) {
            // Octets that came before the reset had a whole period to be read.
            channel.pipeline().fireExceptionCaught(new IOException("the peer has reset the connection"));
            channel.close();
        } else if (closed || !channel.config().isAutoRead()) {
            seenClosed = closed;
            silence.at(loop.now() + SILENCE);
        }
    }
}
