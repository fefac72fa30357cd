package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.InstanceStatus;
import dev.gatehouse.app.admin.view.ServiceStatus;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;

/// `/api/v1/services/{service}/instances/{instance}`: one instance by its address; taking it out of service and
/// back.
final class InstanceResource implements Resource {
    private final RunningGateway gateway;

    InstanceResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/services/{service}/instances/{instance}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.get(AdminScope.OPERATE, "One instance.", InstanceStatus.class, this::instance),
                Operation.patch(
                        AdminScope.OPERATE,
                        "Drain an instance, for a while or until it is made active again.",
                        InstanceChange.Wanted.class,
                        InstanceStatus.class,
                        this::change));
    }

    private AdminAnswer instance(AdminRequest request) {
        String name = request.name("service");
        String address = request.name("instance");
        List<ServiceStatus> services = gateway.services();
        for (ServiceStatus service : services) {
            if (service.name().equals(name)) {
                return instance(service, address);
            }
        }
        return ServiceResource.unknown(name, services);
    }

    private static AdminAnswer instance(ServiceStatus service, String address) {
        List<String> known =
                service.instances().stream().map(InstanceStatus::address).toList();
        int index = known.indexOf(address);
        return index >= 0
                ? AdminAnswer.of(service.instances().get(index))
                : Problem.NO_SUCH_INSTANCE.unknown("instance of " + service.name(), address, known);
    }

    private AdminAnswer change(AdminRequest request) {
        String service = request.name("service");
        String address = request.name("instance");
        return switch (InstanceChange.read(request.body())) {
            case InstanceChange.Refused(String why) -> Problem.INVALID_REQUEST.answer(why);
            // What is there now; if there is no such instance, this says so.
            case InstanceChange.Drain drain ->
                gateway.drain(service, address, drain.time())
                        .map(made -> instance(request)
                                .done(address + " of " + service + " drained until "
                                        + (made.until() == null ? "it is made active again" : made.until())))
                        .orElseGet(() -> instance(request));
            case InstanceChange.Restore _ ->
                gateway.restore(service, address)
                        ? instance(request).done(address + " of " + service + " active again")
                        : instance(request);
        };
    }
}
