package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/config/status`: which revision runs, and whether a newer one was rejected.
final class ConfigStatusResource implements Resource {
    private final RunningGateway gateway;

    ConfigStatusResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/config/status";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.CONFIG,
                "Which configuration runs, and is it stale?",
                ConfigStatus.class,
                request -> AdminAnswer.of(gateway.config())));
    }
}
