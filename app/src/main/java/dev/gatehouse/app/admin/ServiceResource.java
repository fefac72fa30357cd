package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ServiceStatus;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/services/{service}`: one service.
final class ServiceResource implements Resource {
    private final RunningGateway gateway;

    ServiceResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/services/{service}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(AdminScope.OPERATE, "One service.", ServiceStatus.class, this::service));
    }

    private AdminAnswer service(AdminRequest request) {
        List<ServiceStatus> services = gateway.services();
        String name = request.name("service");
        for (ServiceStatus service : services) {
            if (service.name().equals(name)) {
                return AdminAnswer.of(service);
            }
        }
        return unknown(name, services);
    }

    static AdminAnswer unknown(String name, List<ServiceStatus> services) {
        return Problem.NO_SUCH_SERVICE.unknown(
                "service", name, services.stream().map(ServiceStatus::name).toList());
    }
}
