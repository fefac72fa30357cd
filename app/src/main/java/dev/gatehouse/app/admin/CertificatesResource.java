package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.CertificateList;
import java.util.List;

/// `/api/v1/certificates`: how the certificates stand that the gateway gets by itself.
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
                "The certificates that the gateway gets by itself: until when they hold, and what became of the last"
                        + " order.",
                CertificateList.class,
                request -> AdminAnswer.of(new CertificateList(gateway.obtainedCertificates()))));
    }
}
