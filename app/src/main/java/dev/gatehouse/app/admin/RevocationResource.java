package dev.gatehouse.app.admin;

import dev.gatehouse.api.identity.Revocation.Kind;
import dev.gatehouse.app.admin.view.RevocationStatus;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.consumer.RevocationDesk;
import dev.gatehouse.engine.consumer.RevocationEntry;
import java.io.IOException;
import java.util.List;

/// `/api/v1/revocations/{kind}/{id}`: taking a revocation back.
final class RevocationResource implements Resource {
    private final RunningGateway gateway;

    RevocationResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/revocations/{kind}/{id}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.delete(
                AdminScope.KEYS,
                "Take a revocation back: what it made void is good again. The kind is `jti` or `sub`.",
                RevocationStatus.class,
                CustomerCall.of(this::takeBack)));
    }

    private AdminAnswer takeBack(AdminRequest request) throws IOException {
        Kind kind = RevocationsResource.kind(request.name("kind"));
        String id = RevocationWish.name(request.name("kind"), request.name("id"));
        RevocationDesk desk = gateway.revocations();
        if (desk.stores().isEmpty()) {
            return RevocationsResource.nobodyAsks();
        }
        RevocationEntry entry = desk.takeBack(kind, id);
        if (entry == null) {
            return Problem.NO_SUCH_REVOCATION.answer("There is no revocation of " + request.name("kind") + " '" + id
                    + "' in " + String.join(", ", desk.stores()) + ".");
        }
        return AdminAnswer.of(RevocationsResource.status(entry))
                .done("the revocation of " + RevocationsResource.words(kind, id) + " taken back");
    }
}
