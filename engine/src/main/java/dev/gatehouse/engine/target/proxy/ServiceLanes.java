package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.service.balancing.InstanceChooser;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.service.health.PassiveHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A service as the event loops use it: a [ServiceLane] each. Shared by all routes to the service, and by the
/// snapshots that a reload makes of an unchanged service, so that its connections live on.
public final class ServiceLanes {
    private final Service service;
    private final PassiveHealth health;
    private final List<ServiceLane> lanes;

    /// Opens nothing: connections are made when they are needed.
    ///
    /// @param loops all of them, in the order of their numbers
    /// @param random makes a source for each loop
    public ServiceLanes(Service service, List<Loop> loops, Supplier<? extends RandomGenerator> random) {
        this.service = service;
        this.health = new PassiveHealth(service);
        List<ServicePool> pools = new ArrayList<>();
        List<ServiceLane> all = new ArrayList<>();
        for (Loop loop : loops) {
            ServicePool pool = new ServicePool(loop, service);
            pools.add(pool);
            RandomGenerator chance = random.get();
            all.add(new ServiceLane(
                    loop, pool, new InstanceChooser(service, loop.index(), chance), health, chance));
        }
        pools.forEach(pool -> pool.siblings(pools));
        this.lanes = List.copyOf(all);
    }

    public Service service() {
        return service;
    }

    /// What attempts tell about the instances, on all loops together.
    public PassiveHealth health() {
        return health;
    }

    /// Where a request would go now, as the first loop sees it; null when there is nobody, or chance decides. On
    /// any thread.
    @Nullable
    Instance peek(Facts facts) {
        InstanceChooser chooser = lanes.isEmpty()
                ? new InstanceChooser(service, 0, ThreadLocalRandom.current())
                : lanes.getFirst().chooser();
        return chooser.peek(facts, service.now());
    }

    /// What tries the instances for one connection that carries no requests.
    public Attempts attempts(Loop loop) {
        return on(loop).attempts();
    }

    /// A connection to the service that was none of a loop's own is gone: those who wait for one may have its place.
    public void placeFree(Loop loop) {
        on(loop).pool().placeFree();
    }

    ServiceLane on(Loop loop) {
        return lanes.get(loop.index());
    }

    /// Closes every connection; calls in progress hear that theirs ended.
    ///
    /// @param done run once, on one of the loops, when the last one has closed
    public void close(Runnable done) {
        AtomicInteger busy = new AtomicInteger(lanes.size());
        for (ServiceLane lane : lanes) {
            // A loop that is stopped while a connection is still on its way out complains.
            lane.loop()
                    .execute(() -> lane.close(() -> {
                        if (busy.decrementAndGet() == 0) {
                            done.run();
                        }
                    }));
        }
    }
}
