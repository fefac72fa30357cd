package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.KeyVerdict;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/keys/verify`: whose a key is. It is in the body, since paths stand in logs; asking counts for nothing.
final class KeyVerifyResource implements Resource {
    private final RunningGateway gateway;

    KeyVerifyResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /// @param key the secret
    record Wanted(String key) {}

    @Override
    public String path() {
        return "/api/v1/keys/verify";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.ask(
                AdminScope.KEYS,
                "Whose a key is, and whether it is taken.",
                Wanted.class,
                KeyVerdict.class,
                CustomerCall.of(request -> AdminAnswer.of(gateway.customers()
                        .verify(JsonMembers.of(request.body(), "key").required("key"))))));
    }
}
