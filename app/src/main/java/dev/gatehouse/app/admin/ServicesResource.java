package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ServiceList;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/services`: all services and how their instances are.
final class ServicesResource implements Resource {
    private final RunningGateway gateway;

    ServicesResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/services";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                AdminScope.OPERATE,
                "The services and how their instances are.",
                ServiceList.class,
                request -> AdminAnswer.of(new ServiceList(gateway.services()))));
    }
}
