package dev.gatehouse.it.target;

import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ForwardingConfig;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ServiceAddress;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.exchange.LiveOutside;
import dev.gatehouse.engine.exchange.LiveRoutes;
import dev.gatehouse.engine.exchange.Readiness;
import dev.gatehouse.engine.exchange.Route;
import dev.gatehouse.engine.exchange.RouteGraph;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.exchange.TraceRules;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.listener.OpenListeners;
import dev.gatehouse.engine.net.EventLoops;
import dev.gatehouse.engine.net.HttpCalls;
import dev.gatehouse.engine.net.Transport;
import dev.gatehouse.engine.routing.RouteMatcher;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.service.InstanceStates;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.proxy.ProxyRoute;
import dev.gatehouse.engine.target.proxy.ProxyTarget;
import dev.gatehouse.engine.target.proxy.RequestRewrite;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import dev.gatehouse.engine.target.tunnel.TunnelRules;
import dev.gatehouse.engine.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One listener, one loop, one target: the parts of a gateway that a target meets, with one route for everything.
final class OneTarget implements AutoCloseable {
    private final EventLoops loops = new EventLoops(1, Transport.named("nio"), System::nanoTime);
    private final @Nullable ServiceLanes lanes;
    private final OpenListeners listeners;

    private OneTarget(
            @Nullable Target answering, @Nullable RequestRewrite rewrite, ErrorsConfig errors, String... urls) {
        this.lanes = answering == null ? lanes(urls) : null;
        Target target = lanes == null
                ? answering
                : new ProxyTarget(lanes, new ProxyRoute(TimeoutConfig.DEFAULT, rewrite, TunnelRules.NONE));
        boolean standard = errors.fromServices() == ErrorsConfig.FromServices.STANDARD;
        Route route = new Route("ANY /**", "", target, List.of(), Duration.ofSeconds(5), standard, null, Set.of());
        RouteTable<Route> table = RouteTable.<Route>builder()
                .add(RouteMatcher.of("/**"), route)
                .build()
                .table();
        this.listeners = new OpenListeners(
                loops.all(),
                new SharedParts(
                        new LiveRoutes(new RouteGraph(1, table, errors, TraceRules.OFF, List.of(), 1)),
                        new Readiness(),
                        Telemetry.none(),
                        new LiveOutside(new HttpCalls())),
                false);
        try {
            ListenerConfig config =
                    new ListenerConfig("127.0.0.1", 0, false, LimitsConfig.DEFAULT, ForwardingConfig.DEFAULT);
            listeners
                    .prepare(Map.of("test", new ListenerPlan(config, null, null)))
                    .commit();
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

    private ServiceLanes lanes(String... urls) {
        ServiceConfig config = new ServiceConfig(
                "test-service",
                Arrays.stream(urls).map(ServiceAddress::of).toList(),
                TimeoutConfig.DEFAULT,
                ServiceConnectionsConfig.DEFAULT);
        Service service = new Service("test-service", config, new InstanceStates(1), System::nanoTime);
        return new ServiceLanes(service, loops.all(), () -> RandomGenerator.of("L64X128MixRandom"));
    }

    int port() {
        return listeners.addresses().values().iterator().next().getPort();
    }

    @Override
    public void close() {
        try {
            listeners.endAll(100);
            if (lanes != null) {
                CountDownLatch closed = new CountDownLatch(1);
                lanes.close(closed::countDown);
                closed.await(5, TimeUnit.SECONDS);
                lanes.service().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loops.close();
    }
}
