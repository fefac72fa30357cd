package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Policy;
import dev.gatehouse.api.Response;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policies of a route as one exchange meets them: down in order until one does not let it pass, up in reverse
/// through those it has met, and once more at the end. A policy that throws fails its exchange and no other.
final class PolicyWalk {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWalk.class);

    private List<Policy> policies = List.of();
    private int met;

    /// Down.
    ///
    /// @return the first decision that ends the way down, or [Decision#CONTINUE]
    Decision down(Exchange exchange, List<Policy> all) {
        policies = all;
        while (met < all.size()) {
            Policy policy = all.get(met++);
            Decision decision;
            try {
                decision = policy.onRequest(exchange);
            } catch (RuntimeException e) {
                LOG.error("policy {} failed on a request", policy, e);
                return new Decision.Reject(
                        new Failure(FailureKind.INTERNAL_ERROR, "Something went wrong in the gateway."));
            }
            if (decision != Decision.CONTINUE) {
                return decision;
            }
        }
        return Decision.CONTINUE;
    }

    /// Whether [#up] would do anything.
    boolean metAny() {
        return met > 0;
    }

    void up(Exchange exchange, Response answer) {
        for (int i = met - 1; i >= 0; i--) {
            try {
                policies.get(i).onResponse(exchange, answer);
            } catch (RuntimeException e) {
                // The answer is on its way and true; what this policy would have changed in it is lost, and said.
                LOG.error("policy {} failed on an answer", policies.get(i), e);
            }
        }
    }

    void end(Exchange exchange, Outcome outcome) {
        for (int i = met - 1; i >= 0; i--) {
            try {
                policies.get(i).onEnd(exchange, outcome);
            } catch (RuntimeException e) {
                LOG.error("policy {} failed at the end of an exchange", policies.get(i), e);
            }
        }
        policies = List.of();
        met = 0;
    }
}
