package dev.gatehouse.engine.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;

/// Opens sockets, all with the same options.
public final class Sockets {
    /// Above the second figure of octets not yet taken by the kernel a connection says that it cannot keep up;
    /// below the first it says that it can again.
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final int BACKLOG = 4096;

    private Sockets() {}

    /// A socket that listens on this loop alone. Each loop has one on the same port; the kernel spreads connections
    /// over them (`SO_REUSEPORT`).
    ///
    /// @param children given to every accepted channel: adds its handlers
    public static ChannelFuture listen(
            Loop loop, InetSocketAddress address, ChannelHandler acceptor, ChannelHandler children) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop.eventLoop(), loop.eventLoop())
                .channel(loop.transport().serverChannel())
                .handler(acceptor)
                .childHandler(watched(loop, children))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.ALLOCATOR, loop.allocator())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffers());
        if (loop.transport() == Transport.NIO) {
            bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        } else {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        return bootstrap.bind(address);
    }

    /// A connection to `address`, made on this loop and by its thread.
    public static ChannelFuture connect(
            Loop loop, InetSocketAddress address, Duration timeout, ChannelHandler handler) {
        // AUTO_CLOSE off: an answer may be waiting to be read when a write fails.
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(loop.transport().channel())
                .handler(watched(loop, handler))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.ALLOCATOR, loop.allocator())
                .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffers());
        // Not Bootstrap.connect, which connects in a later task: epoll reports a socket that waits for that as
        // hung up, and Netty closes it.
        ChannelFuture registered = bootstrap.register();
        if (!registered.isSuccess()) {
            return registered;
        }
        return registered.channel().connect(address).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /// `handler`, behind whatever this transport needs in front of it.
    private static ChannelHandler watched(Loop loop, ChannelHandler handler) {
        if (loop.transport() != Transport.IO_URING) {
            return handler;
        }
        return new ChannelInitializer<IoUringSocketChannel>() {
            @Override
            protected void initChannel(IoUringSocketChannel channel) {
                channel.pipeline().addLast(new ResetWatch(loop, channel), handler);
            }
        };
    }

    /// Small for small messages, up to 256 KiB while a large body streams.
    private static AdaptiveRecvByteBufAllocator readBuffers() {
        return new AdaptiveRecvByteBufAllocator(1 << 10, 4 << 10, 256 << 10);
    }
}
