package dev.gatehouse.engine.telemetry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an exchange came to its answer: the product's first promise. The same for `explain`, where nobody sent the
/// request, and for an exchange that took place.
///
/// @param candidates the routes whose host and path fit, in the order in which they are asked; then the nearest
///     ones, for `explain` always, else when there is no other
/// @param steps what the policies did, in the order in which they were asked
/// @param ahead what a policy that ended it on the way down kept it from: those behind it, and the route's target;
///     else empty
/// @param destinations where it went, or would go: several for a canary; empty when the gateway answers by itself
/// @param status of the answer; 0 when it is the service's to say, or none was sent
/// @param code of the failure catalogue; null when it was served
/// @param message of the failure; null without one
/// @param answeredBy `route`, `gateway`, `service`, or the policy that did
/// @param recorded whether the steps were written down as they happened; else they were put together afterwards
public record DecisionTrace(
        List<Candidate> candidates,
        List<PolicyStep> steps,
        List<String> ahead,
        List<Destination> destinations,
        int status,
        @Nullable String code,
        @Nullable String message,
        String answeredBy,
        boolean recorded) {
    public DecisionTrace {
        candidates = List.copyOf(candidates);
        steps = List.copyOf(steps);
        ahead = List.copyOf(ahead);
        destinations = List.copyOf(destinations);
    }

    /// A route that was looked at.
    ///
    /// @param route what people call it
    /// @param place where it is configured; empty when it was not written in a file
    /// @param won whether it took the request
    /// @param missed the first condition the request missed (`path has 2 segments, needs 3`), or what put another
    ///     before it; null when it won
    public record Candidate(
            String route,
            String place,
            boolean won,
            @Nullable String missed) {}

    /// A service that is sent the request.
    ///
    /// @param service what people call it
    /// @param percent of the route's requests that go there; 100 without a canary
    /// @param instance the one that was chosen, or would be now; null when none can be used
    /// @param among how many could be chosen
    /// @param chosenBy the balancing algorithm, as the user writes it
    /// @param target method, path and query as the service is sent them: `GET /v2/users/42?full=1`
    /// @param host the Host the service is sent
    public record Destination(
            String service,
            int percent,
            @Nullable String instance,
            int among,
            String chosenBy,
            String target,
            String host) {
        /// The same as one of several.
        public Destination withPercent(int share) {
            return new Destination(service, share, instance, among, chosenBy, target, host);
        }
    }

    /// The route that took it; null when none did.
    public @Nullable Candidate winner() {
        for (Candidate candidate : candidates) {
            if (candidate.won()) {
                return candidate;
            }
        }
        return null;
    }
}
