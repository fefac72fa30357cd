package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;

/// Sends the exchanges of a route to a service.
public final class ProxyTarget implements Target {
    private final ServiceLanes lanes;
    private final ProxyRoute route;

    public ProxyTarget(ServiceLanes lanes, ProxyRoute route) {
        this.lanes = lanes;
        this.route = route;
    }

    @Override
    public TargetCall open(Loop loop) {
        return lanes.on(loop).call(route);
    }

    @Override
    public String toString() {
        return lanes.service().name();
    }
}
