package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/explain`: what the gateway would do with a request. Nobody is called, and nothing is counted.
final class ExplainResource implements Resource {
    private final RunningGateway gateway;

    ExplainResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/explain";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.ask(
                AdminScope.READ,
                "What would be done with a request; nobody is called.",
                ExplainQuestion.Wanted.class,
                Explanation.class,
                this::explain));
    }

    private AdminAnswer explain(AdminRequest request) {
        try {
            return AdminAnswer.of(gateway.explain(ExplainQuestion.read(request.body())));
        } catch (IllegalArgumentException e) {
            return Problem.INVALID_REQUEST.answer(String.valueOf(e.getMessage()));
        }
    }
}
