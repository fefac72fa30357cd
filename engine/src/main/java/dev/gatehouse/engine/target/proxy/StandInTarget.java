package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedRequest;
import java.util.List;

/// Where the exchanges of a route go in a test of its configuration: to a stand-in for its service, which is shown
/// what the service would have been sent. No attempts are made, so nothing is balanced or tried again.
public final class StandInTarget implements Target {
    private final Service service;
    private final ProxyRoute route;
    private final StandIn standIn;

    public StandInTarget(Service service, ProxyRoute route, StandIn standIn) {
        this.service = service;
        this.route = route;
        this.standIn = standIn;
    }

    @Override
    public TargetCall open(Loop loop) {
        return new StandInCall(service, route, standIn, loop);
    }

    @Override
    public List<Destination> destinations(TargetClient client) {
        ParsedRequest request = client.requestSlices();
        RequestRewrite rewrite = route.rewrite();
        byte[] target = rewrite != null && rewrite.changesTarget() ? rewrite.target(client, new HeadWriter()) : null;
        String query = request.hasQuery() ? "?" + request.query() : "";
        return List.of(new Destination(
                service.key(),
                100,
                null,
                0,
                service.loadBalancer().algorithmName(),
                request.method() + " " + (target == null ? request.path() + query : new String(target, ISO_8859_1)),
                request.host()));
    }

    @Override
    public String toString() {
        return service.name();
    }
}
