package dev.gatehouse.engine.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// All event loops of a gateway: one per core unless told otherwise.
public final class EventLoops implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final Transport transport;
    private final List<Loop> loops;

    /// @param clock nanoseconds, as `System::nanoTime`
    public EventLoops(int count, Transport transport, LongSupplier clock) {
        this.transport = transport;
        this.group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("gatehouse-loop", false), transport.handlers());
        List<Loop> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            EventLoop eventLoop = group.next();
            all.add(new Loop(i, eventLoop, transport, PooledByteBufAllocator.DEFAULT, clock));
        }
        this.loops = List.copyOf(all);
    }

    public List<Loop> all() {
        return loops;
    }

    public Transport transport() {
        return transport;
    }

    /// Stops the threads and waits for them, at most five seconds.
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
