package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.net.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Netty tells of a client's socket, told to the [Http1Connection] that is spoken on it.
final class AcceptedSocket extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedSocket.class);

    private final ListenerLoop listener;
    private @Nullable Http1Connection connection;

    AcceptedSocket(ListenerLoop listener) {
        this.listener = listener;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote
                && ctx.channel().localAddress() instanceof InetSocketAddress local) {
            Http1Connection opened = new Http1Connection(
                    listener, ctx, new Peer(remote, local, listener.rules().trustedProxies()));
            connection = opened;
            listener.opened(opened);
        } else {
            // Gone between the handshake and now.
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        Http1Connection to = connection;
        if (to == null) {
            in.release();
        } else {
            to.onOctets(in);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        Http1Connection to = connection;
        if (to != null) {
            to.onBatch();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Http1Connection to = connection;
        if (to != null) {
            to.onWritable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Http1Connection to = connection;
        connection = null;
        listener.closed(to);
        if (to != null) {
            to.onClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Unchecked: epoll, asked to read from a descriptor that is closed already.
        if (!(cause instanceof IOException || cause instanceof UncheckedIOException)) {
            LOG.error("connection of {} failed", ctx.channel().remoteAddress(), cause);
        }
        Http1Connection to = connection;
        if (to == null) {
            ctx.close();
        } else {
            to.closeNow();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }
}
