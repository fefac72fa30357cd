package dev.gatehouse.it.target;

import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ForwardingConfig;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ServiceAddress;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.exchange.ExchangePool;
import dev.gatehouse.engine.listener.Listener;
import dev.gatehouse.engine.net.EventLoops;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Transport;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.proxy.ProxyTarget;
import dev.gatehouse.engine.target.proxy.RequestRewrite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One listener, one loop, one target: the parts of a gateway that a target meets, without a route table before it.
final class OneTarget implements AutoCloseable {
    private final EventLoops loops = new EventLoops(1, Transport.named("nio"), System::nanoTime);
    private final @Nullable ServicePool pool;
    private final Listener listener;

    private OneTarget(
            @Nullable Target answering, @Nullable RequestRewrite rewrite, ErrorsConfig errors, String... urls) {
        Loop loop = loops.all().getFirst();
        this.pool = answering == null ? pool(loop, urls) : null;
        Target target = pool == null ? answering : new ProxyTarget(loop, pool, List.of(), false, rewrite);
        ExchangePool exchanges = new ExchangePool(loop, target, List.of(), List.of(), 0, errors, true, null);
        try {
            this.listener = new Listener(
                    new ListenerConfig("127.0.0.1", 0, false, LimitsConfig.DEFAULT, ForwardingConfig.DEFAULT),
                    loops.all(),
                    List.of(),
                    of -> exchanges);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OneTarget answering(Target target) {
        return new OneTarget(target, null, ErrorsConfig.DEFAULT);
    }

    static OneTarget sendingTo(@Nullable RequestRewrite rewrite, String... urls) {
        return new OneTarget(null, rewrite, ErrorsConfig.DEFAULT, urls);
    }

    static OneTarget standardising(String... urls) {
        return new OneTarget(
                null, null, new ErrorsConfig(ErrorsConfig.Format.JSON, null, ErrorsConfig.FromServices.STANDARD), urls);
    }

    private static ServicePool pool(Loop loop, String... urls) {
        try {
            ServicePool pool = new ServicePool(
                    loop,
                    Service.of(new ServiceConfig(
                            "test-service",
                            Arrays.stream(urls).map(ServiceAddress::of).toList(),
                            TimeoutConfig.DEFAULT,
                            ServiceConnectionsConfig.DEFAULT)));
            pool.siblings(List.of(pool));
            return pool;
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.address().getPort();
    }

    @Override
    public void close() {
        listener.drain();
        try {
            listener.stopAccepting(100, TimeUnit.MILLISECONDS);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (listener.connections() > 0 && System.nanoTime() - end < 0) {
                Thread.sleep(5);
            }
            if (pool != null) {
                CountDownLatch closed = new CountDownLatch(1);
                loops.all().getFirst().execute(() -> pool.close(closed::countDown));
                closed.await(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loops.close();
    }
}
