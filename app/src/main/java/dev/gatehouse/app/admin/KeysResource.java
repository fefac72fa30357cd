package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.KeyList;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/keys`: all API keys, with who has them and when they were used last.
final class KeysResource implements Resource {
    private final RunningGateway gateway;

    KeysResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/keys";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.KEYS,
                "All API keys, by their ids.",
                KeyList.class,
                CustomerCall.of(
                        _ -> AdminAnswer.of(new KeyList(gateway.customers().keys())))));
    }
}
