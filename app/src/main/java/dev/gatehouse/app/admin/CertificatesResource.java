package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.CertificateList;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/certificates`: what clients are shown and how long it holds, and how those stand that the gateway gets by
/// itself.
final class CertificatesResource implements Resource {
    private final RunningGateway gateway;

    CertificatesResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/certificates";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.READ,
                "The certificates that clients are shown and how long they hold; of those that the gateway gets by"
                        + " itself, what became of the last order.",
                CertificateList.class,
                request ->
                        AdminAnswer.of(new CertificateList(gateway.certificates(), gateway.obtainedCertificates()))));
    }
}
