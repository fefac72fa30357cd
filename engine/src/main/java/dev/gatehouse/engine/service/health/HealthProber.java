package dev.gatehouse.engine.service.health;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Service;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Checks the instances of all services of a gateway, from one event loop.
///
/// A service without a `path` to check is watched too: an instance that was left out because it could not be reached
/// is connected to once a second, and is back in as soon as that works.
public final class HealthProber implements AutoCloseable {
    private final Loop loop;
    private final RandomGenerator random;
    private final Map<Service, ServiceChecks> watched = new HashMap<>();

    /// @param loop where checks run
    /// @param random spreads them in time
    public HealthProber(Loop loop, RandomGenerator random) {
        this.loop = loop;
        this.random = random;
    }

    /// Starts checking. Any thread.
    ///
    /// @param passive told when an instance can be reached again
    public void watch(Service service, PassiveHealth passive) {
        loop.execute(() -> {
            ServiceChecks checks = new ServiceChecks(loop, service, passive, random);
            if (watched.putIfAbsent(service, checks) == null) {
                checks.start();
            }
        });
    }

    /// Stops checking. Any thread.
    public void unwatch(Service service) {
        loop.execute(() -> {
            ServiceChecks checks = watched.remove(service);
            if (checks != null) {
                checks.stop();
            }
        });
    }

    /// Stops all checks; those under way end by themselves. Waits for the loop, so never from its own thread.
    @Override
    public void close() {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            watched.values().forEach(ServiceChecks::stop);
            watched.clear();
            done.countDown();
        });
        try {
            done.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
