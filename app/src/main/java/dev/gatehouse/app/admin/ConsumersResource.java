package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ConsumerList;
import dev.gatehouse.app.admin.view.ConsumerStatus;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/consumers`: all consumers; making one that stands in no file.
final class ConsumersResource implements Resource {
    private final RunningGateway gateway;

    ConsumersResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /// @param plan by its name in the file
    /// @param contact whom to write to about it
    record Wanted(
            String name, @Nullable String plan, @Nullable String contact, List<String> groups, List<String> roles) {
        Wanted {
            groups = List.copyOf(groups);
            roles = List.copyOf(roles);
        }
    }

    @Override
    public String path() {
        return "/api/v1/consumers";
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.get(
                        AdminScope.KEYS,
                        "All consumers and their keys.",
                        ConsumerList.class,
                        CustomerCall.of(_ -> AdminAnswer.of(
                                new ConsumerList(gateway.customers().consumers())))),
                Operation.post(
                        AdminScope.KEYS,
                        "Make a consumer that stands in no file.",
                        Wanted.class,
                        ConsumerStatus.class,
                        CustomerCall.of(this::add)));
    }

    private AdminAnswer add(AdminRequest request) throws KeyRefused, IOException {
        JsonMembers wanted = JsonMembers.of(request.body(), "name", "plan", "contact", "groups", "roles");
        String name = wanted.required("name");
        Customers customers = gateway.customers();
        customers.addConsumer(
                name, wanted.text("plan"), wanted.text("contact"), wanted.texts("groups"), wanted.texts("roles"));
        return ConsumerResource.of(name, customers.consumers()).done("consumer " + name + " made");
    }
}
