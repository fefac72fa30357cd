package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.policy.Policy;

/// Refuses requests that do not meet the conditions of their route.
final class RequirePolicy implements Policy {
    private static final Decision KNOWN = Refusals.forbidden("You are signed in, but this is not allowed for you.");
    private static final Decision ANYBODY = Refusals.forbidden("This is not allowed here.");

    private final Requirement requirement;
    private final boolean asksWho;

    RequirePolicy(Requirement requirement) {
        this.requirement = requirement;
        this.asksWho = requirement.asksWho();
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        if (exchange.isRecorded()) {
            requirement.note(exchange);
        }
        if (requirement.isMet(exchange)) {
            return Decision.CONTINUE;
        }
        if (exchange.get(Identity.OF_EXCHANGE) != null) {
            return KNOWN;
        }
        return asksWho ? Refusals.unknown(exchange) : ANYBODY;
    }
}
