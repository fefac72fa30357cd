package dev.gatehouse.engine.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import org.jspecify.annotations.Nullable;

/// Brings what a client sends to where it is used, and holds what comes before it is wanted: pipelined requests, or
/// a body nobody asked for yet. Nothing more is read from the socket while something is held, but what is on its
/// way already may still come. On the connection's loop only.
final class Inflow {
    /// Uses up what it can of `in`.
    interface Use {
        /// Does one thing with the next octets.
        ///
        /// @return whether it is to be asked again, be it for the end of something that needs no more octets
        boolean next(ByteBuf in);
    }

    private final ByteBufAllocator allocator;
    private final ChannelConfig socket;
    private final Use use;

    private @Nullable ByteBuf held;
    private boolean busy;
    private boolean closed;

    Inflow(ByteBufAllocator allocator, ChannelConfig socket, Use use) {
        this.allocator = allocator;
        this.socket = socket;
        this.use = use;
    }

    /// Whether octets are being used right now: who is called from there need not ask for the next ones.
    boolean isBusy() {
        return busy;
    }

    boolean isHolding() {
        return held != null;
    }

    /// Brings `in`, which is given away, after what is held.
    void bring(ByteBuf in) {
        ByteBuf first = held;
        held = null;
        work(first == null ? in : join(first, in));
    }

    /// Brings what is held, if anything.
    void bringHeld() {
        ByteBuf first = held;
        if (first != null) {
            held = null;
            work(first);
        }
    }

    private void work(ByteBuf in) {
        busy = true;
        try {
            boolean more = true;
            while (more) {
                more = use.next(in);
            }
        } finally {
            busy = false;
            if (in.isReadable() && !closed) {
                held = in;
                read(false);
            } else {
                in.release();
            }
        }
    }

    /// Appends `second` to `first`. What is held grows to twice its size when there is no room behind it, so that a
    /// client that sends octet by octet does not have us copy everything each time.
    private ByteBuf join(ByteBuf first, ByteBuf second) {
        int more = second.readableBytes();
        ByteBuf both = first;
        if (first.maxFastWritableBytes() < more) {
            both = allocator.directBuffer(2 * (first.readableBytes() + more));
            both.writeBytes(first);
            first.release();
        }
        both.writeBytes(second);
        second.release();
        return both;
    }

    /// Lets the socket be read, or not.
    void read(boolean on) {
        if (socket.isAutoRead() != on) {
            socket.setAutoRead(on);
        }
    }

    /// The connection is gone: forgets what is held, and holds no more.
    void close() {
        closed = true;
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            rest.release();
        }
    }
}
