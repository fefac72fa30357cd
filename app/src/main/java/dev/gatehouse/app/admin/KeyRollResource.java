package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/keys/{key}/roll`: a key in place of another; both are taken for a while.
final class KeyRollResource implements Resource {
    private static final Duration USUAL_OVERLAP = Duration.ofDays(7);

    private final RunningGateway gateway;

    KeyRollResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /// @param overlap how long both are taken, such as `7d`, which is usual; up to `365d`
    /// @param expires when the new one ends: `2027-03-01`, or `90d` from now; without it never
    record Wanted(@Nullable String overlap, @Nullable String expires) {}

    @Override
    public String path() {
        return "/api/v1/keys/{key}/roll";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.post(
                AdminScope.KEYS,
                "A new key in place of another; both are taken for a while. It is told only here.",
                Wanted.class,
                NewKey.class,
                CustomerCall.of(this::roll)));
    }

    private AdminAnswer roll(AdminRequest request) throws KeyRefused, IOException {
        JsonMembers wanted = JsonMembers.of(request.body(), "overlap", "expires");
        Customers customers = gateway.customers();
        NewKey made = customers.roll(
                request.name("key"), wanted.time("overlap", USUAL_OVERLAP), wanted.moment("expires", customers.now()));
        return AdminAnswer.of(made)
                .done("key " + made.id() + " of " + made.consumer() + " made in place of " + made.replaces()
                        + ", which is taken until " + made.replacedUntil());
    }
}
