package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.Probe;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/health`: the status of `/health/ready`, and for who may see it the picture behind.
final class HealthResource implements Resource {
    private final RunningGateway gateway;

    HealthResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/health";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(AdminScope.READ, "How is it?", Health.class, this::health));
    }

    @Override
    public boolean isProbe() {
        return true;
    }

    private AdminAnswer health(AdminRequest request) {
        Health health = gateway.health();
        return AdminAnswer.of(ReadyResource.status(health), request.trusted() ? health : Probe.of(health.status()));
    }
}
