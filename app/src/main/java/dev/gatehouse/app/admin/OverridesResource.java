package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.OverrideList;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/overrides`: everything that differs from the files, and when it ends.
final class OverridesResource implements Resource {
    private final RunningGateway gateway;

    OverridesResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/overrides";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.OPERATE,
                "Everything that differs from the files, and when it ends.",
                OverrideList.class,
                request -> AdminAnswer.of(new OverrideList(gateway.overrides()))));
    }
}
