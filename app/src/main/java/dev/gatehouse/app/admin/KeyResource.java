package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.KeyStatus;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.util.List;

/// `/api/v1/keys/{key}`: one API key by its id; taking it back.
final class KeyResource implements Resource {
    private final RunningGateway gateway;

    KeyResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/keys/{key}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.get(AdminScope.KEYS, "One API key.", KeyStatus.class, CustomerCall.of(this::key)),
                Operation.delete(
                        AdminScope.KEYS, "Take a key back, at once.", KeyStatus.class, CustomerCall.of(this::revoke)));
    }

    private AdminAnswer key(AdminRequest request) throws IOException {
        List<KeyStatus> all = gateway.customers().keys();
        String id = request.name("key");
        for (KeyStatus one : all) {
            if (one.id().equals(id)) {
                return AdminAnswer.of(one);
            }
        }
        return Problem.NO_SUCH_KEY.unknown(
                "key", id, all.stream().map(KeyStatus::id).toList());
    }

    private AdminAnswer revoke(AdminRequest request) throws KeyRefused, IOException {
        KeyStatus revoked = gateway.customers().revoke(request.name("key"));
        return AdminAnswer.of(revoked).done("key " + revoked.id() + " of " + revoked.consumer() + " revoked");
    }
}
