package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.engine.consumer.KeyRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/api/v1/keys/{key}/roll`: a key in place of another; both are taken for a while.
final class KeyRollResource implements Resource {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRollResource.class);
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
        LOG.info(
                "admin: key {} of {} made in place of {}, which is taken until {}",
                made.id(),
                made.consumer(),
                made.replaces(),
                made.replacedUntil());
        return AdminAnswer.of(made);
    }
}
