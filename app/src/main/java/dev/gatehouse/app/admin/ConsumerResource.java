package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ConsumerStatus;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.util.List;

/// `/api/v1/consumers/{consumer}`: one consumer; forgetting one that stands in no file.
final class ConsumerResource implements Resource {
    private final RunningGateway gateway;

    ConsumerResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/consumers/{consumer}";
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.get(
                        AdminScope.KEYS,
                        "One consumer and its keys.",
                        ConsumerStatus.class,
                        CustomerCall.of(request ->
                                of(request.name("consumer"), gateway.customers().consumers()))),
                Operation.delete(
                        AdminScope.KEYS,
                        "Forget a consumer that stands in no file, and take its keys back.",
                        ConsumerStatus.class,
                        CustomerCall.of(this::remove)));
    }

    private AdminAnswer remove(AdminRequest request) throws KeyRefused, IOException {
        String name = request.name("consumer");
        Customers customers = gateway.customers();
        AdminAnswer before = of(name, customers.consumers());
        customers.removeConsumer(name);
        return before.done("consumer " + name + " removed, and its keys revoked");
    }

    static AdminAnswer of(String name, List<ConsumerStatus> all) {
        for (ConsumerStatus one : all) {
            if (one.name().equals(name)) {
                return AdminAnswer.of(one);
            }
        }
        return Problem.NO_SUCH_CONSUMER.unknown(
                "consumer", name, all.stream().map(ConsumerStatus::name).toList());
    }
}
