package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Identity;

/// What those are told who may not.
final class Refusals {
    private static final Decision UNKNOWN =
            new Decision.Reject(new Failure(FailureKind.UNAUTHENTICATED, "Missing authentication"));

    private Refusals() {}

    /// To somebody nobody knows: who it is might change the answer.
    static Decision unknown(Exchange exchange) {
        exchange.set(Identity.WANTED, Boolean.TRUE);
        exchange.note("nobody is known");
        return UNKNOWN;
    }

    /// @param sentence what is missing
    static Decision forbidden(String sentence) {
        return new Decision.Reject(new Failure(FailureKind.FORBIDDEN, sentence));
    }
}
