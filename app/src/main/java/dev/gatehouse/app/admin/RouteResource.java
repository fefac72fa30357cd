package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.RouteList;
import dev.gatehouse.app.admin.view.RouteStatus;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/routes/{route}`: one route by its id, percent-encoded: `GET%20%2Fmenus%2F%7BrestaurantId%7D`.
final class RouteResource implements Resource {
    private final RunningGateway gateway;

    RouteResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/routes/{route}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(AdminScope.READ, "One route.", RouteStatus.class, this::route));
    }

    private AdminAnswer route(AdminRequest request) {
        RouteList all = gateway.routes();
        String id = request.name("route");
        for (RouteStatus route : all.routes()) {
            if (route.id().equals(id)) {
                return AdminAnswer.of(route).ofRevision(all.revision());
            }
        }
        return Problem.NO_SUCH_ROUTE.unknown(
                "route", id, all.routes().stream().map(RouteStatus::id).toList());
    }
}
