package dev.gatehouse.engine.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Arrays;
import java.util.Locale;

/// How octets are moved between the kernel and us. Nothing above this package knows which one it is.
public enum Transport {
    /// Linux with io_uring: the fewest system calls.
    ///
    /// Reads into buffers of the reader's choice, when the kernel says that there are octets. The kernel's own ring
    /// of buffers was dearer for every kind of exchange; and a receive that stays armed, which goes with it, cannot
    /// be relied on to stop (Netty 4.2.18 forgets one whose cancellation came too late), so that whole bodies
    /// gathered in memory. What this way of reading lacks, [ResetWatch] makes up for.
    IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class, IoUringDatagramChannel.class) {
        @Override
        public boolean isAvailable() {
            return IoUring.isAvailable();
        }

        @Override
        IoHandlerFactory handlers() {
            return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setCqSize(COMPLETIONS));
        }
    },
    /// Every Linux.
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class, EpollDatagramChannel.class) {
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
    NIO(NioServerSocketChannel.class, NioSocketChannel.class, NioDatagramChannel.class) {
        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    /// The kernel tells of each arrival on each socket, wanted or not, and a loop may be kept from listening for a
    /// while; 16 bytes each. Netty's own 4,096 overflowed in a test with a thousand clients.
    private static final int COMPLETIONS = 1 << 15;

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends SocketChannel> channel;
    private final Class<? extends DatagramChannel> datagramChannel;

    Transport(
            Class<? extends ServerChannel> serverChannel,
            Class<? extends SocketChannel> channel,
            Class<? extends DatagramChannel> datagramChannel) {
        this.serverChannel = serverChannel;
        this.channel = channel;
        this.datagramChannel = datagramChannel;
    }

    /// Whether this machine can do it.
    public abstract boolean isAvailable();

    abstract IoHandlerFactory handlers();

    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    public Class<? extends SocketChannel> channel() {
        return channel;
    }

    public Class<? extends DatagramChannel> datagramChannel() {
        return datagramChannel;
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
