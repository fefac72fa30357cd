package dev.gatehouse.engine.net;

import dev.gatehouse.http1.HeadWriter;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// One event loop and what its exchanges share: never touched by another thread, so nothing here is locked. An
/// exchange lives on one loop from its first octet to its summary.
public final class Loop {
    private static final int DETACHED = -1;

    private final int index;
    private final EventLoop eventLoop;
    private final Transport transport;
    private final ByteBufAllocator allocator;
    private final LongSupplier clock;
    private final HeadWriter heads = new HeadWriter();
    private final ExchangeIds ids = new ExchangeIds();
    private final HttpDate date = new HttpDate();
    private final Sweeper exchanges;
    private final Sweeper connections;
    private long recent;

    Loop(int index, EventLoop eventLoop, Transport transport, ByteBufAllocator allocator, LongSupplier clock) {
        this.index = index;
        this.eventLoop = eventLoop;
        this.transport = transport;
        this.allocator = allocator;
        this.clock = clock;
        this.exchanges = new Sweeper(this::now, sweep -> eventLoop.schedule(sweep, 10, TimeUnit.MILLISECONDS));
        this.connections = new Sweeper(this::now, sweep -> eventLoop.schedule(sweep, 100, TimeUnit.MILLISECONDS));
    }

    /// A loop for exchanges without a socket, driven by whoever calls: its thread runs only if somebody hands it a
    /// task.
    ///
    /// @param clock in nanoseconds
    public static Loop detached(LongSupplier clock) {
        return detached(new DefaultEventLoop(), clock);
    }

    static Loop detached(EventLoop eventLoop, LongSupplier clock) {
        return new Loop(DETACHED, eventLoop, Transport.NIO, UnpooledByteBufAllocator.DEFAULT, clock);
    }

    /// Whether it is none of a gateway's loops.
    public boolean isDetached() {
        return index == DETACHED;
    }

    /// Its number, from 0.
    public int index() {
        return index;
    }

    public EventLoop eventLoop() {
        return eventLoop;
    }

    public Transport transport() {
        return transport;
    }

    public ByteBufAllocator allocator() {
        return allocator;
    }

    /// The moment on this loop's clock, in nanoseconds.
    public long now() {
        recent = clock.getAsLong();
        return recent;
    }

    /// What [#now] said last: when the socket event began that is being worked on. Good enough for deadlines, and
    /// free. Only for code that runs within such an event.
    public long recent() {
        return recent;
    }

    /// Where this loop puts heads together, one at a time: cleared by whoever starts a head.
    public HeadWriter heads() {
        return heads;
    }

    public ExchangeIds ids() {
        return ids;
    }

    public HttpDate date() {
        return date;
    }

    /// Deadlines of exchanges: at most 10 ms late.
    public Sweeper exchanges() {
        return exchanges;
    }

    /// Deadlines of connections: at most 100 ms late.
    public Sweeper connections() {
        return connections;
    }

    /// Completes on this loop after so long, at most 10 ms late. Called on the loop; may be cancelled from
    /// anywhere.
    public CompletableFuture<Void> after(Duration delay) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Deadline deadline = exchanges.register(() -> over.complete(null));
        deadline.at(now() + delay.toNanos());
        // Cancelled or complete, it gives up its place.
        over.whenComplete((_, _) -> {
            if (isCurrent()) {
                deadline.close();
            } else {
                execute(deadline::close);
            }
        });
        return over;
    }

    /// Runs on this loop's thread, soon.
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    public boolean isCurrent() {
        return eventLoop.inEventLoop();
    }
}
