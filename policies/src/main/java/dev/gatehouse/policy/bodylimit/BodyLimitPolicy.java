package dev.gatehouse.policy.bodylimit;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.policy.Policy;
import java.util.Map;

/// Refuses what is declared too long at once, and has the exchange end what turns out to be.
final class BodyLimitPolicy implements Policy {
    private final long limit;
    private final Decision refused;

    /// @param limit in octets
    BodyLimitPolicy(long limit) {
        this.limit = limit;
        this.refused = new Decision.Reject(new Failure(
                FailureKind.BODY_TOO_LARGE,
                "The request body is larger than " + limit + " bytes.",
                Map.of("limit", limit)));
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        long declared = exchange.request().bodyLength();
        if (exchange.isRecorded()) {
            exchange.note(
                    (declared < 0 ? "no length declared" : "declared " + declared + " bytes") + ", limit " + limit);
        }
        if (declared > limit) {
            return refused;
        }
        if (declared < 0) {
            exchange.requestBody().limit(limit);
        }
        return Decision.CONTINUE;
    }
}
