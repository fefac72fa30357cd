package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.PortOwner;
import dev.gatehouse.engine.net.ReusePortGroup;
import dev.gatehouse.engine.net.Sockets;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One port that clients connect to, with a listening socket on every loop. Its methods are called by whoever
/// starts and stops the gateway, never on a loop.
public final class Listener {
    private static final long HANDSHAKE_MILLIS = 200;

    private final List<ListenerLoop> loops = new ArrayList<>();
    private final List<Channel> sockets = new ArrayList<>();
    private final ConnectionCount open;
    private final InetSocketAddress address;
    private final SharedParts shared;
    private final List<ExchangeCounters> counters;
    private ListenerPlan plan;

    /// Listens.
    ///
    /// @param open counts the listener's connections
    /// @param counters of each loop
    /// @throws IOException when the port cannot be had
    public Listener(
            ListenerPlan plan,
            List<Loop> all,
            SharedParts shared,
            ConnectionCount open,
            List<ExchangeCounters> counters)
            throws IOException {
        this.plan = plan;
        this.shared = shared;
        this.open = open;
        this.counters = counters;
        ListenerConfig config = plan.config();
        int port = config.port();
        for (Loop loop : all) {
            ListenerLoop share = new ListenerLoop(loop, rules(loop), open);
            ChannelFuture bound = Sockets.listen(
                            loop, new InetSocketAddress(config.bind(), port), new ChannelInboundHandlerAdapter(), share)
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                closeSockets();
                Throwable cause = bound.cause();
                throw new IOException(
                        "cannot listen on " + config.bind() + ":" + port + ": " + cause.getMessage(), cause);
            }
            loops.add(share);
            sockets.add(bound.channel());
            port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        }
        address = (InetSocketAddress) sockets.getFirst().localAddress();
        if (plan.tls() != null) {
            plan.tls().begin();
        }
    }

    private ListenerRules rules(Loop loop) {
        return ListenerRules.of(plan, loop, shared, counters.get(loop.index()));
    }

    public ListenerConfig config() {
        return plan.config();
    }

    ListenerPlan plan() {
        return plan;
    }

    /// New settings for the same place: connections accepted from now on are held to them.
    public void change(ListenerPlan next) {
        ServerTls before = plan.tls();
        plan = next;
        if (before != null && before != next.tls()) {
            before.end();
        }
        if (next.tls() != null) {
            next.tls().begin();
        }
        onEveryLoop(share -> share.change(rules(share.loop())));
    }

    public InetSocketAddress address() {
        return address;
    }

    /// Connections open now.
    public int connections() {
        return open.get();
    }

    /// From here on every answer closes its connection, and connections without a request close after a second. New
    /// ones are still accepted: the kernel has completed their handshake, so their clients believe they are served.
    public void drain() {
        onEveryLoop(ListenerLoop::drain);
    }

    /// Sends new connections to a successor on the same port, if there is one; accepts until nothing is left to
    /// accept; then stops listening.
    ///
    /// @param patience how long that may take
    public void stopAccepting(long patience, TimeUnit unit) throws InterruptedException {
        int ours = sockets.size();
        int others = PortOwner.listeners(address) - ours;
        boolean steered = others > 0 && ReusePortGroup.steerToOthers(sockets.getFirst(), ours, others);
        long end = System.nanoTime() + unit.toNanos(patience);
        if (steered) {
            // A handshake that began before ends with us: it may need a round trip yet.
            Thread.sleep(HANDSHAKE_MILLIS);
        }
        long before = -1;
        long now = accepted();
        while (now != before && System.nanoTime() - end < 0) {
            Thread.sleep(5);
            before = now;
            now = accepted();
        }
        if (steered) {
            closeSocketsBeside(others);
        } else {
            closeSockets();
        }
    }

    /// Closes socket by socket so that at no moment the kernel can choose one that is next. When one is closed the
    /// last of the group takes its number, so the first number behind ours always is a successor's while there are
    /// enough of them.
    private void closeSocketsBeside(int others) {
        Channel last = sockets.getLast();
        if (others < sockets.size()) {
            ReusePortGroup.spread(last);
            closeSockets();
            return;
        }
        ReusePortGroup.steerTo(last, sockets.size());
        for (Channel socket : sockets.subList(0, sockets.size() - 1)) {
            socket.close().awaitUninterruptibly();
        }
        // A successor's now, and no number of the group when ours is gone: then all of them share again.
        ReusePortGroup.steerTo(last, others);
        last.close().awaitUninterruptibly();
    }

    /// Ends what is still running.
    public void cutOff() {
        onEveryLoop(ListenerLoop::cutOff);
    }

    private long accepted() {
        long[] sum = new long[1];
        onEveryLoop(loop -> {
            synchronized (sum) {
                sum[0] += loop.accepted();
            }
        });
        return sum[0];
    }

    private void onEveryLoop(Consumer<ListenerLoop> action) {
        CountDownLatch done = new CountDownLatch(loops.size());
        for (ListenerLoop loop : loops) {
            loop.loop().execute(() -> {
                try {
                    action.accept(loop);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            done.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops listening at once; used before it was known to anybody.
    void closeNow() {
        closeSockets();
    }

    private void closeSockets() {
        if (plan.tls() != null) {
            plan.tls().end();
        }
        for (Channel socket : sockets) {
            socket.close().awaitUninterruptibly();
        }
    }
}
