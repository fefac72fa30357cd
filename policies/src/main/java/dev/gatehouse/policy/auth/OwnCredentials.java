package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.policy.Policy;
import java.util.List;

/// Keeps what this gateway has given to browsers from services, on every route: browsers send the cookie of a login to
/// all of a host's paths, also to those that ask nobody who calls, and whoever is sent it could use it.
final class OwnCredentials implements Policy {
    private final List<Authenticator> made;

    /// @param made those whose credentials the gateway makes itself
    OwnCredentials(List<Authenticator> made) {
        this.made = List.copyOf(made);
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        for (Authenticator one : made) {
            one.carriers(exchange).forEach(carrier -> carrier.removeFrom(exchange));
        }
        return Decision.CONTINUE;
    }
}
