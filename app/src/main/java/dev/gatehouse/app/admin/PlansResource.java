package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.PlanList;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/plans`: all plans, and who has them.
final class PlansResource implements Resource {
    private final RunningGateway gateway;

    PlansResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/plans";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.KEYS,
                "All plans, and who has them.",
                PlanList.class,
                CustomerCall.of(
                        _ -> AdminAnswer.of(new PlanList(gateway.customers().plans())))));
    }
}
