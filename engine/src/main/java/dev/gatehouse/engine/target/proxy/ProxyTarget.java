package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.tunnel.Upgrade;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    public List<Destination> destinations(TargetClient client) {
        Service service = lanes.service();
        ParsedRequest request = client.requestSlices();
        RequestRewrite rewrite = route.rewrite();
        Instance instance = lanes.peek(client.facts());
        byte[] target = rewrite != null && rewrite.changesTarget() ? rewrite.target(client, new HeadWriter()) : null;
        byte[] host = rewrite == null || instance == null ? null : rewrite.host(instance);
        return List.of(new Destination(
                service.key(),
                100,
                instance == null ? null : instance.shown(),
                service.candidates(service.now()).size(),
                service.loadBalancer().algorithmName(),
                request.method() + " " + (target == null ? clientTarget(request) : new String(target, ISO_8859_1)),
                host == null ? request.host() : new String(host, ISO_8859_1)));
    }

    @Override
    public @Nullable Failure refusal(TargetClient client) {
        RequestRewrite rewrite = route.rewrite();
        boolean leads = rewrite == null || !rewrite.changesTarget() || rewrite.target(client, new HeadWriter()) != null;
        if (!leads) {
            return ServiceFailures.leadsElsewhere();
        }
        Upgrade upgrade = Upgrade.of(client, route.tunnels());
        return upgrade == null ? null : upgrade.refusal(client.requestSlices());
    }

    private static String clientTarget(ParsedRequest request) {
        return request.hasQuery() ? request.path() + "?" + request.query() : request.path();
    }

    @Override
    public String toString() {
        return lanes.service().name();
    }
}
