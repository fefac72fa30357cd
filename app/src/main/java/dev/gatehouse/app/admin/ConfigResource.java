package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.EffectiveConfig;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/config`: what runs, as YAML, secrets masked.
final class ConfigResource implements Resource {
    private final RunningGateway gateway;

    ConfigResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/config";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.getText(
                AdminScope.CONFIG, "The configuration that runs, secrets masked.", AdminAnswer.YAML, this::config));
    }

    private AdminAnswer config(AdminRequest request) {
        EffectiveConfig config = gateway.effectiveConfig();
        return AdminAnswer.yaml(config.yaml()).ofRevision(config.revision());
    }
}
