package dev.gatehouse.engine.service.discovery;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.NameLookup;
import dev.gatehouse.engine.service.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the instances of all services of a gateway up to date with the names the user wrote. On one event loop.
public final class Discovery implements AutoCloseable {
    private final Loop loop;
    private final NameLookup lookups;
    private final Map<Service, List<WatchedName>> watched = new HashMap<>();

    /// @param loop where it keeps time
    public Discovery(Loop loop, NameLookup lookups) {
        this.loop = loop;
        this.lookups = lookups;
    }

    /// Looks the service's names up, now and from then on. Any thread.
    ///
    /// @return done when each has been looked up once, found or not; at once for a service without names
    public CompletableFuture<Void> watch(Service service) {
        if (service.names().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> first = new CompletableFuture<>();
        loop.execute(() -> {
            List<WatchedName> names = new ArrayList<>();
            List<CompletableFuture<Void>> firsts = new ArrayList<>();
            for (String host : service.names()) {
                WatchedName name = new WatchedName(loop, lookups, service, host);
                names.add(name);
                firsts.add(name.first());
            }
            watched.put(service, names);
            CompletableFuture.allOf(firsts.toArray(CompletableFuture[]::new)).thenRun(() -> first.complete(null));
            names.forEach(WatchedName::lookUp);
        });
        return first;
    }

    /// Looks them up no more. Any thread.
    public void unwatch(Service service) {
        loop.execute(() -> {
            List<WatchedName> names = watched.remove(service);
            if (names != null) {
                names.forEach(WatchedName::stop);
            }
        });
    }

    /// Stops everything. Waits for the loop, so never from its own thread.
    @Override
    public void close() {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            watched.values().forEach(names -> names.forEach(WatchedName::stop));
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
