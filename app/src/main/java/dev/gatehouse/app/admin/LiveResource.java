package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.Probe;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/health/live`: the process answers, therefore it lives. Asks nobody, so that nothing can hold the answer up.
final class LiveResource implements Resource {
    @Override
    public String path() {
        return "/health/live";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.READ, "Does the process answer?", Probe.class, request -> AdminAnswer.of(Probe.UP)));
    }

    @Override
    public boolean isProbe() {
        return true;
    }
}
