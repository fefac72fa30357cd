package dev.gatehouse.engine;

import dev.gatehouse.api.Policy;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.exchange.ExchangePool;
import dev.gatehouse.engine.exchange.Readiness;
import dev.gatehouse.engine.listener.Listener;
import dev.gatehouse.engine.net.Cidr;
import dev.gatehouse.engine.net.EventLoops;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.PortOwner;
import dev.gatehouse.engine.net.Transport;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.target.proxy.ProxyTarget;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A running gateway. Started with everything it is told, or not at all; stopped once.
public final class Gateway implements AutoCloseable {
    /// How long accepting what is already in the listener's queue may take when stopping.
    private static final long ACCEPT_MILLIS = 500;

    private final RuntimeConfig runtime;
    private final EventLoops loops;
    private final Service service;
    private final List<ServicePool> pools = new ArrayList<>();
    private final List<ExchangePool> exchanges = new ArrayList<>();
    private final Readiness readiness = new Readiness();
    private final Listener listener;
    private boolean stopped;

    private Gateway(GatewayConfig config, List<Policy> policies) throws IOException {
        this.runtime = config.runtime();
        ListenerConfig listening = only(config.listeners().values(), "listener");
        RouteConfig route = only(config.routes(), "route");
        InetSocketAddress wanted = new InetSocketAddress(listening.bind(), listening.port());
        if (listening.port() != 0 && !runtime.takeover()) {
            PortOwner.refuseTaken(wanted);
        }
        List<Cidr> trusted =
                listening.forwarding().trustedProxies().stream().map(Cidr::of).toList();
        Transport transport =
                runtime.transport().equals("auto") ? Transport.best() : Transport.named(runtime.transport());
        this.service = Service.of(only(config.services().values(), "service"));
        this.loops = new EventLoops(runtime.loopCount(), transport, System::nanoTime);
        for (Loop loop : loops.all()) {
            ServicePool pool = new ServicePool(loop, service);
            pools.add(pool);
            ProxyTarget target = new ProxyTarget(
                    loop, pool, route.upgrades(), listening.forwarding().forwarded(), null);
            exchanges.add(new ExchangePool(
                    loop,
                    target,
                    policies,
                    trusted,
                    listening.limits().body(),
                    ErrorsConfig.DEFAULT,
                    wanted.getAddress().isLoopbackAddress(),
                    listening.health() ? readiness : null));
        }
        pools.forEach(pool -> pool.siblings(pools));
        try {
            this.listener = new Listener(listening, loops.all(), trusted, loop -> exchanges.get(loop.index()));
        } catch (IOException e) {
            loops.close();
            throw PortOwner.named(wanted, e);
        }
        readiness.set(true);
    }

    /// Several of them do not run yet; better not to start than to leave one out.
    private static <T> T only(Collection<T> all, String what) {
        if (all.size() != 1) {
            throw new IllegalArgumentException("exactly one " + what + " can run, not " + all.size());
        }
        return all.iterator().next();
    }

    /// Starts a gateway: when this returns, it serves.
    ///
    /// @param policies applied to every exchange, in this order on the way down
    /// @throws IOException when the port is taken or a service's name has no address
    public static Gateway start(GatewayConfig config, List<Policy> policies) throws IOException {
        return new Gateway(config, policies);
    }

    /// Where clients connect to.
    public InetSocketAddress address() {
        return listener.address();
    }

    public Transport transport() {
        return loops.transport();
    }

    public Service service() {
        return service;
    }

    /// Connections of clients open now.
    public int clientConnections() {
        return listener.connections();
    }

    public ExchangeCounters.Sum counters() {
        return ExchangeCounters.sum(
                exchanges.stream().map(ExchangePool::counters).toList());
    }

    /// Ends well: no longer ready, what is in the accept queue is still served, every answer is the last on its
    /// connection, and after the drain time the rest is cut off. Returns when nothing runs any more.
    @Override
    public synchronized void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        readiness.set(false);
        listener.drain();
        try {
            listener.stopAccepting(ACCEPT_MILLIS, TimeUnit.MILLISECONDS);
            if (!awaitNoConnections(runtime.drainTimeout().toMillis())) {
                listener.cutOff();
                awaitNoConnections(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closePools();
        loops.close();
    }

    private boolean awaitNoConnections(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (listener.connections() > 0) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    private void closePools() {
        CountDownLatch done = new CountDownLatch(pools.size());
        for (int i = 0; i < pools.size(); i++) {
            ServicePool pool = pools.get(i);
            // A loop that is stopped while a connection is still on its way out complains.
            loops.all().get(i).execute(() -> pool.close(done::countDown));
        }
        try {
            done.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
