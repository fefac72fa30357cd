package dev.gatehouse.api;

/// One rule applied to the exchanges of a route. Made once per route that names it; its hooks run on the exchange's
/// event loop and never block.
public interface Policy {
    /// On the way down, before anything reaches the service.
    default Decision onRequest(Exchange exchange) {
        return Decision.CONTINUE;
    }

    /// On the way up, in reverse order, for every answer: the service's, a refusal, an answer of another policy.
    default void onResponse(Exchange exchange, Response response) {}

    /// Exactly once for each exchange whose [#onRequest] was called, whatever happened.
    default void onEnd(Exchange exchange, Outcome outcome) {}
}
