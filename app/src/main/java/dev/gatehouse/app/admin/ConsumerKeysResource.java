package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/consumers/{consumer}/keys`: making a key for a consumer.
final class ConsumerKeysResource implements Resource {
    private final RunningGateway gateway;

    ConsumerKeysResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /// @param expires when it ends: `2027-03-01`, or `90d` from now; without it never
    /// @param notBefore when it begins, written as `not_before`; without it at once
    record Wanted(@Nullable String expires, @Nullable String notBefore) {}

    @Override
    public String path() {
        return "/api/v1/consumers/{consumer}/keys";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.post(
                AdminScope.KEYS,
                "A new key for a consumer. It is told only here.",
                Wanted.class,
                NewKey.class,
                CustomerCall.of(this::create)));
    }

    private AdminAnswer create(AdminRequest request) throws KeyRefused, IOException {
        JsonMembers wanted = JsonMembers.of(request.body(), "expires", "not_before");
        Customers customers = gateway.customers();
        Instant now = customers.now();
        NewKey made = customers.create(
                request.name("consumer"), wanted.moment("not_before", now), wanted.moment("expires", now));
        return AdminAnswer.of(made).done("key " + made.id() + " of " + made.consumer() + " made");
    }
}
