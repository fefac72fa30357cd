package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.proxy.ProxyRoute;
import dev.gatehouse.engine.target.proxy.ProxyTarget;
import dev.gatehouse.engine.target.proxy.StandIn;
import dev.gatehouse.engine.target.proxy.StandInTarget;

/// Makes what sends the exchanges of routes to services.
public interface ServiceTargets {
    /// To the services themselves.
    ServiceTargets REAL = (service, route) -> new ProxyTarget(service.lanes(), route);

    /// To somebody who answers for all of them.
    static ServiceTargets standIn(StandIn standIn) {
        return (service, route) -> new StandInTarget(service.service(), route, standIn);
    }

    Target of(RunningService service, ProxyRoute route);
}
