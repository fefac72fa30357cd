package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.PlanStatus;
import dev.gatehouse.engine.config.AdminScope;
import java.io.IOException;
import java.util.List;

/// `/api/v1/plans/{plan}`: one plan.
final class PlanResource implements Resource {
    private final RunningGateway gateway;

    PlanResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/plans/{plan}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.KEYS, "One plan, and who has it.", PlanStatus.class, CustomerCall.of(this::plan)));
    }

    private AdminAnswer plan(AdminRequest request) throws IOException {
        List<PlanStatus> all = gateway.customers().plans();
        String name = request.name("plan");
        for (PlanStatus one : all) {
            if (one.name().equals(name)) {
                return AdminAnswer.of(one);
            }
        }
        return Problem.NO_SUCH_PLAN.unknown(
                "plan", name, all.stream().map(PlanStatus::name).toList());
    }
}
