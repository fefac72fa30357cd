package dev.gatehouse.engine.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Arrays;
import java.util.Locale;

/// How octets are moved between the kernel and us. Nothing above this package knows which one it is.
public enum Transport {
    /// Linux 5.19 and later, with buffers the kernel picks itself: the fewest system calls.
    ///
    /// Without those buffers a read costs less still, but then Netty (4.2.18) does not notice that a service has
    /// reset its connection.
    IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class) {
        @Override
        public boolean isAvailable() {
            return IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported();
        }

        @Override
        IoHandlerFactory handlers() {
            IoUringBufferRingConfig ring = IoUringBufferRingConfig.builder()
                    .bufferGroupId(BUFFER_GROUP)
                    .bufferRingSize(RING_BUFFERS)
                    .batchSize(RING_BUFFERS / 4)
                    .allocator(new IoUringFixedBufferRingAllocator(PooledByteBufAllocator.DEFAULT, RING_BUFFER))
                    .build();
            return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setBufferRingConfig(ring));
        }
    },
    /// Every Linux.
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
        @Override
        public boolean isAvailable() {
            return Epoll.isAvailable();
        }

        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }
    },
    /// Everywhere.
    NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    /// The buffers io_uring reads into, for channels that ask for them.
    static final short BUFFER_GROUP = 1;

    /// 64 KiB each: with 16 KiB a 100 KiB answer cost a third more CPU.
    private static final int RING_BUFFER = 64 << 10;

    /// A power of two. 4 MiB per loop together.
    private static final short RING_BUFFERS = 64;

    // Read by Netty when its io_uring classes are first used, which is later than this.
    static {
        // A receive that stays armed cannot be relied on to stop: when the kernel happens to be working on it, the
        // cancellation that follows `autoRead=false` finds nothing, and Netty (4.2.18) forgets that it is still
        // there. Then whole bodies gather in memory. StreamingTest shows it within a few runs.
        String name = "io.netty.iouring.recvMultiShotEnabled";
        System.setProperty(name, System.getProperty(name, "false"));
    }

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends Channel> channel;

    Transport(Class<? extends ServerChannel> serverChannel, Class<? extends Channel> channel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
    }

    /// Whether this machine can do it.
    public abstract boolean isAvailable();

    abstract IoHandlerFactory handlers();

    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    public Class<? extends Channel> channel() {
        return channel;
    }

    /// The best this machine can do.
    public static Transport best() {
        return Arrays.stream(values())
                .filter(Transport::isAvailable)
                .findFirst()
                .orElse(NIO);
    }

    /// The transport people call by this name: `io_uring`, `epoll`, `nio`.
    ///
    /// @throws IllegalArgumentException when there is no such transport, or this machine cannot do it
    public static Transport named(String name) {
        for (Transport transport : values()) {
            if (transport.toString().equals(name.toLowerCase(Locale.ROOT))) {
                if (!transport.isAvailable()) {
                    throw new IllegalArgumentException("transport '" + name + "' is not available on this machine");
                }
                return transport;
            }
        }
        throw new IllegalArgumentException("unknown transport '" + name + "': io_uring, epoll or nio");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
