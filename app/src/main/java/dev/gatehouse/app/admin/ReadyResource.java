package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.Probe;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/health/ready`: should the gateway be sent requests? 503 with the reason when not: `starting`, `draining`.
final class ReadyResource implements Resource {
    private static final int UNAVAILABLE = 503;

    private final RunningGateway gateway;

    ReadyResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/health/ready";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(AdminScope.READ, "Should it be sent requests?", Probe.class, this::ready));
    }

    @Override
    public boolean isProbe() {
        return true;
    }

    private AdminAnswer ready(AdminRequest request) {
        Health health = gateway.health();
        return AdminAnswer.of(status(health), Probe.of(health.status()));
    }

    static int status(Health health) {
        return health.ready() ? 200 : UNAVAILABLE;
    }
}
