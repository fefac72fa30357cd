package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import java.util.concurrent.atomic.AtomicInteger;

/// A service of a snapshot: its instances, and the loops' ways to it. Carried over by a reload that does not
/// change it.
public final class RunningService {
    private final Service service;
    private final ServiceLanes lanes;
    private final AtomicInteger snapshots = new AtomicInteger();

    RunningService(Service service, ServiceLanes lanes) {
        this.service = service;
        this.lanes = lanes;
    }

    /// What it is called in the configuration.
    public String key() {
        return service.key();
    }

    public ServiceConfig config() {
        return service.config();
    }

    public Service service() {
        return service;
    }

    public ServiceLanes lanes() {
        return lanes;
    }

    /// One more snapshot runs with it.
    ///
    /// @return whether it is the first
    public boolean begin() {
        return snapshots.getAndIncrement() == 0;
    }

    /// The last exchange of a snapshot has ended.
    ///
    /// @return whether no other snapshot runs with it
    public boolean end() {
        return snapshots.decrementAndGet() == 0;
    }
}
