package dev.gatehouse.api.policy;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;

/// One rule applied to the exchanges of a route. Made once per route that names it; its hooks run on the exchange's
/// event loop and never block: who has to wait says so with [Decision.Await].
///
/// A policy is shared by all exchanges of its route and by all event loops. What belongs to one exchange is kept in an
/// [Attribute], what outlives it in a [dev.gatehouse.api.state.StateRef].
public interface Policy extends AutoCloseable {
    /// On the way down, before anything reaches the service.
    default Decision onRequest(Exchange exchange) {
        return Decision.CONTINUE;
    }

    /// On the way up, in reverse order, for every answer: the service's, a refusal, an answer of another policy.
    /// With [Decision.Respond] or [Decision.Reject] another answer takes its place and climbs on from here; what
    /// is left of the first one is thrown away.
    default Decision onResponse(Exchange exchange, Response response) {
        return Decision.CONTINUE;
    }

    /// Exactly once for each exchange whose [#onRequest] was called, whatever happened.
    default void onEnd(Exchange exchange, Outcome outcome) {}

    /// Nobody will ask this policy again: the configuration that made it is gone, with its last exchange. On any
    /// thread.
    @Override
    default void close() {}
}
